using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Functions.Http;

/// <summary>Adds the services shared by the HTTP functions.</summary>
internal static class HttpServices
{
    /// <summary>Adds the services shared by the HTTP functions.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Http</c> and <c>PUBLIC_URL</c>.</param>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<HttpOptions>(configuration, HttpOptions.Section)
            .Configure(options =>
                options.PublicUrl = Uri.TryCreate(configuration["PUBLIC_URL"], UriKind.Absolute, out var url) ? url : null)
            .Validate(
                options => options.AllowedHosts.All(HttpOptions.IsHost),
                "Http:AllowedHosts must be host names without scheme and port, such as exports.example.org.")
            .Validate(
                options => options.AllowedOrigins.All(HttpOptions.IsOrigin),
                "Http:AllowedOrigins must be origins, each a scheme and a host without a path, such as https://portal.example.org.");
        services.AddSingleton<HttpAnswers>();
        services.AddSingleton<ForeignRequests>();
        services.AddSingleton<NameFilters>();
        return services;
    }
}
