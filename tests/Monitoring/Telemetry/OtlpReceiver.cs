using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Monitoring.Telemetry;

/// <summary>Takes what an OTLP exporter sends over HTTP. Names and texts lie in it as they are, so that a search finds them.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new(StringComparer.Ordinal);

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>Whether calls are held instead of answered.</summary>
    public bool Holds { get; set; }

    public string Url => _app.Urls.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Everything that came of a signal: traces, metrics or logs.</summary>
    public string Of(string signal) => _received.TryGetValue($"/v1/{signal}", out var text) ? text.ToString() : "";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        if (Holds)
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = _received.GetOrAdd(context.Request.Path, _ => new StringBuilder());
        lock (text)
            text.Append(Encoding.Latin1.GetString(body.ToArray()));
    }
}
