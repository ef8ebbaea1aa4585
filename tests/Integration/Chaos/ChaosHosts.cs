using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>Three hosts on one storage account: one that is right about the time, one ten minutes ahead, one ten minutes behind.</summary>
internal sealed class ChaosHosts(Dictionary<string, string?> settings) : IAsyncDisposable
{
    private static readonly int[] Minutes = [0, 10, -10];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly HostProcess?[] _hosts = new HostProcess?[Minutes.Length];
    private readonly List<string> _last = [];
    private int _ahead;
    private int _asked;

    /// <summary>How many hosts there are.</summary>
    public static int Count => Minutes.Length;

    /// <summary>How often one was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>What they said, the killed ones too.</summary>
    public string Output
    {
        get
        {
            lock (_last)
                return string.Join('\n', _last.Concat(_hosts.Select(host => host?.Output ?? "")));
        }
    }

    public Task StartAsync() => Task.WhenAll(Enumerable.Range(0, Count).Select(StartAsync));

    /// <summary>Kills a host, and starts another in its place; nothing when it is just being started.</summary>
    public async Task KillAsync(int number)
    {
        if (!await TakeAsync(number))
            return;

        Kills++;
        await StartAsync(number);
    }

    /// <summary>Ends them all without a word.</summary>
    public async Task EndAsync()
    {
        foreach (var number in Enumerable.Range(0, Count))
            await TakeAsync(number);
    }

    /// <summary>Starts one after some time has passed, with a clock that is right.</summary>
    public Task StartLaterAsync(int minutes)
    {
        _ahead += minutes;
        return StartAsync(0);
    }

    /// <summary>Asks one host after the other until one answers, as a client does that knows when to ask again.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(Func<HostProcess, CancellationToken, Task<HttpResponseMessage>> ask)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            Assert.True(waited.Elapsed < Patience, $"No host answers. {Output}");
            if (_hosts[(uint)Interlocked.Increment(ref _asked) % Count] is not { } host)
                continue;

            using var timeout = new CancellationTokenSource(AnswerTimeout);
            try
            {
                using var response = await ask(host, timeout.Token);
                var text = await response.Content.ReadAsStringAsync(timeout.Token);
                if ((int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.TooManyRequests)
                    return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                // It was killed meanwhile, or is slow.
            }
        }
    }

    /// <summary>Reads a resource that is there.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await AskAsync((host, cancel) => host.Client.Http.GetAsync(new Uri(path, UriKind.Relative), cancel));
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return body!;
    }

    /// <summary>Downloads the file of an export that has succeeded.</summary>
    public Task<byte[]> DownloadAsync(string id) => _hosts[0]!.Client.DownloadAsync(id);

    public async ValueTask DisposeAsync() => await EndAsync();

    /// <summary>Ends a host without a word; false when there is none, as it is just being started.</summary>
    private async Task<bool> TakeAsync(int number)
    {
        if (Interlocked.Exchange(ref _hosts[number], value: null) is not { } host)
            return false;

        await host.DisposeAsync();
        lock (_last)
            _last.Add(host.Output);
        return true;
    }

    private async Task StartAsync(int number)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                _hosts[number] = await HostProcess.StartAsync(WrongClock.Of(settings, Minutes[number] + _ahead));
                return;
            }
            catch (InvalidOperationException exception) when (tries < 5)
            {
                // Storage failed it while it started: a service manager starts it again.
                lock (_last)
                    _last.Add(exception.Message);
            }
        }
    }
}
