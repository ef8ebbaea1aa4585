using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Monitoring.Telemetry;

/// <summary>Takes what is sent to Application Insights.</summary>
internal sealed class IngestionStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StringBuilder _received = new();

    private IngestionStub()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string ConnectionString => $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={_app.Urls.First()}/";

    public string Received
    {
        get
        {
            lock (_received)
                return _received.ToString();
        }
    }

    public static async Task<IngestionStub> StartAsync()
    {
        var stub = new IngestionStub();
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        lock (_received)
            _received.Append(text);
        var lines = text.Count(character => character == '\n') + 1;
        await context.Response.WriteAsync(
            $$"""{"itemsReceived":{{lines}},"itemsAccepted":{{lines}},"errors":[]}""", context.RequestAborted);
    }
}
