using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Tests.Worker.Identity;

/// <summary>
/// Stands in for the endpoint from which an app on Azure has the tokens of its managed identity (IDENTITY_ENDPOINT, 2019-08-01).
/// </summary>
internal sealed class IdentityEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TokenRequest> _requests = new();

    private IdentityEndpoint(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    /// <summary>What callers must send as X-IDENTITY-HEADER.</summary>
    public string Secret { get; } = Guid.CreateVersion7().ToString("N");

    public string Url => $"{_app.Urls.First()}/msi/token";

    /// <summary>What it does.</summary>
    public IdentityAnswer Answer { get; set; }

    /// <summary>How long a token is good for.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(8);

    public IReadOnlyCollection<TokenRequest> Requests => _requests;

    public static async Task<IdentityEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var endpoint = new IdentityEndpoint(builder.Build());
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var resource = query["resource"].ToString();
        _requests.Enqueue(new TokenRequest(resource, query["client_id"].ToString()));
        if (context.Request.Headers["X-IDENTITY-HEADER"] != Secret)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        switch (Answer)
        {
            case IdentityAnswer.BrokenOff:
                context.Abort();
                return;
            case IdentityAnswer.None:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case IdentityAnswer.Fault:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
        }

        var lifetime = Answer == IdentityAnswer.ExpiredToken ? TimeSpan.FromMinutes(-10) : Lifetime;
        var expires = (TimeProvider.System.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        await context.Response.WriteAsJsonAsync(new
        {
            access_token = TokenFor(resource, expires),
            expires_on = expires.ToString(CultureInfo.InvariantCulture),
            resource,
            token_type = "Bearer",
        });
    }

    /// <summary>A token as Microsoft Entra ID makes them, but for the signature, which Azurite doesn't check.</summary>
    private static string TokenFor(string resource, long expires)
    {
        var claims = JsonSerializer.Serialize(new
        {
            aud = resource,
            iss = "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/",
            nbf = expires - 36_000,
            iat = expires - 36_000,
            exp = expires,
            oid = "23657296-5cd5-45b0-a809-d972a7f4dfe1",
            tid = "ab1f708d-50f6-404c-a006-d71b2ac7a606",
        });
        return $"{Encoded("""{"typ":"JWT","alg":"RS256"}""")}.{Encoded(claims)}.{Encoded("signature")}";
    }

    private static string Encoded(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

/// <summary>What an endpoint does that is asked for a token.</summary>
public enum IdentityAnswer
{
    /// <summary>It gives one.</summary>
    Token,

    /// <summary>It closes the connection.</summary>
    BrokenOff,

    /// <summary>It never answers.</summary>
    None,

    /// <summary>It answers 500.</summary>
    Fault,

    /// <summary>It gives one whose time is over.</summary>
    ExpiredToken,
}

/// <summary>A token that was asked for.</summary>
internal sealed record TokenRequest(string Resource, string ClientId);
