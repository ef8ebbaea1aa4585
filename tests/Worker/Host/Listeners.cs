using System.Net;
using ExportFunctions.TestHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.TestHost;

/// <summary>The host's two ports, both on this machine only: one for the worker, one for callers.</summary>
internal static class Listeners
{
    public static async Task<WebApplication> StartRpcAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder(HttpProtocols.Http2);
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = options.MaxSendMessageSize = null);
        builder.Services.AddSingleton(channel);
        var app = builder.Build();
        app.MapGrpcService<FunctionRpcService>();
        await app.StartAsync(cancellationToken);
        return app;
    }

    public static async Task<WebApplication> StartFrontAsync(Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken)
    {
        var builder = CreateBuilder(HttpProtocols.Http1);
        builder.Services.AddRouting();
        var app = builder.Build();
        map(app);
        await app.StartAsync(cancellationToken);
        return app;
    }

    public static Uri UrlOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static WebApplicationBuilder CreateBuilder(HttpProtocols protocols)
    {
        // No arguments, files or variables: the settings are the worker's, not this host's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = protocols);
            options.Limits.MaxRequestBodySize = null;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }
}
