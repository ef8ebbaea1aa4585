using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>
/// A proxy in front of Azurite that does to calls what networks and services do: answers 503, breaks off before a call arrives, breaks
/// off after it took effect, and lets it wait. By chance, from a seed.
/// </summary>
internal sealed class FaultyStorage : IAsyncDisposable
{
    private static readonly string[] Services = ["BlobEndpoint", "QueueEndpoint", "TableEndpoint"];
    private static readonly HashSet<string> OwnHeaders =
        new(StringComparer.OrdinalIgnoreCase) { "Host", "Transfer-Encoding", "Connection", "Expect", "Content-Length" };

    private readonly List<WebApplication> _proxies = [];
    private readonly HttpMessageInvoker _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private long _faults;
    private int _commits;

    private FaultyStorage(int seed) => _random = new Random(seed);

    /// <summary>The account, through the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether faults happen.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>Whether every call is refused, as when a key is no longer valid.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether no call gets an answer, as while the service restarts.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether a call that makes a file visible is on its way.</summary>
    public bool IsCommitting => Volatile.Read(ref _commits) > 0;

    /// <summary>How long a call that makes a file visible is on its way, whatever becomes of its caller.</summary>
    public TimeSpan CommitDelay { get; set; }

    /// <summary>How many of these were held up.</summary>
    public int SlowCommits { get; private set; }

    /// <summary>How many calls met a fault, and how many there were.</summary>
    public (long Faults, long Calls) Count => (Interlocked.Read(ref _faults), _calls.Values.Sum());

    /// <summary>How many calls there were to <c>blob</c>, <c>queue</c> and <c>table</c>.</summary>
    public IReadOnlyDictionary<string, long> CallsByService => _calls;

    /// <summary>Counts from here on.</summary>
    public void ForgetCalls()
    {
        foreach (var service in _calls.Keys)
            _calls[service] = 0;
    }

    public static async Task<FaultyStorage> StartAsync(string connectionString, int seed)
    {
        var faulty = new FaultyStorage(seed);
        var settings = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(
            pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        foreach (var service in Services)
        {
            var target = new Uri(settings[service]);
            settings[service] = $"{await faulty.AddProxyAsync(service[..^"Endpoint".Length].ToLowerInvariant(), new Uri(target.GetLeftPart(UriPartial.Authority)))}{target.AbsolutePath}";
        }

        faulty.ConnectionString = string.Join(';', settings.Select(pair => $"{pair.Key}={pair.Value}"));
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        _http.Dispose();
    }

    private async Task<string> AddProxyAsync(string service, Uri target)
    {
        _calls[service] = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var proxy = builder.Build();
        proxy.Run(context => PassAsync(context, service, target));
        await proxy.StartAsync();
        _proxies.Add(proxy);
        return proxy.Urls.First();
    }

    private async Task PassAsync(HttpContext context, string service, Uri target)
    {
        _calls.AddOrUpdate(service, 1, (_, calls) => calls + 1);
        if (IsAway)
        {
            context.Abort();
            return;
        }

        var fault = Draw();
        if (fault is not null)
            Interlocked.Increment(ref _faults);

        switch (fault)
        {
            case Fault.Busy:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;

            case Fault.Refuse:
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;

            case Fault.BreakBefore:
                context.Abort();
                return;

            case Fault.Wait:
                await Task.Delay(Next(20, 600), context.RequestAborted);
                break;
        }

        using var answer = await TryForwardAsync(context, target);
        if (answer is null || fault == Fault.BreakAfter || IsAway)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => !OwnHeaders.Contains(header.Key)))
            context.Response.Headers[header.Key] = header.Value.ToArray();
        context.Response.ContentLength = answer.Content.Headers.ContentLength;
        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Null when storage itself is away.</summary>
    private async Task<HttpResponseMessage?> TryForwardAsync(HttpContext context, Uri target)
    {
        try
        {
            return await ForwardAsync(context, target);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, Uri target)
    {
        // As it came: what the client signed must not be written anew.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target, path));
        if (context.Request.ContentLength is > 0
            || context.Request.Headers.TransferEncoding.Count > 0
            || HttpMethods.IsPut(context.Request.Method)
            || HttpMethods.IsPost(context.Request.Method))
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var header in context.Request.Headers.Where(header => !OwnHeaders.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }

        // What arrived takes effect, whatever becomes of the caller.
        return CommitDelay > TimeSpan.Zero && IsCommit(context.Request)
            ? await CommitAsync(request)
            : await _http.SendAsync(request, CancellationToken.None);
    }

    private async Task<HttpResponseMessage> CommitAsync(HttpRequestMessage request)
    {
        SlowCommits++;
        Interlocked.Increment(ref _commits);
        try
        {
            await Task.Delay(CommitDelay, CancellationToken.None);
            return await _http.SendAsync(request, CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _commits);
        }
    }

    private static bool IsCommit(HttpRequest request) =>
        HttpMethods.IsPut(request.Method) && request.Headers.ContainsKey("x-ms-blob-type") && request.Path.Value!.Contains(
            "/exports/", StringComparison.Ordinal)
        || request.Query["comp"] == "blocklist";

    private Fault? Draw()
    {
        if (Refuses)
            return Fault.Refuse;
        if (!IsFaulty)
            return null;

        return Next(0, 1000) switch
        {
            < 15 => Fault.Busy,
            < 25 => Fault.BreakBefore,
            < 35 => Fault.BreakAfter,
            < 60 => Fault.Wait,
            _ => null,
        };
    }

    private int Next(int from, int to)
    {
        lock (_lock)
            return _random.Next(from, to);
    }

    private enum Fault
    {
        Busy,
        Refuse,
        BreakBefore,
        BreakAfter,
        Wait,
    }
}
