using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Notifications.Webhooks;

/// <summary>
/// A receiver in Node that verifies webhooks with the npm package <c>standardwebhooks</c>. Tests skip where that is not installed, except
/// in CI, where they fail.
/// </summary>
internal sealed class NodeReceiver : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<JsonNode> _answers = Channel.CreateUnbounded<JsonNode>();

    private NodeReceiver(Process process) => _process = process;

    public Uri Url { get; private set; } = null!;

    /// <summary>The calls that came, in order.</summary>
    public ConcurrentQueue<JsonNode> Calls { get; } = new();

    public static async Task<NodeReceiver> StartAsync()
    {
        var folder = Path.Combine(Repository.Find().Root, "tests", "Notifications", "Webhooks", "Receiver");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "standardwebhooks")))
        {
            const string Missing = "standardwebhooks is not installed: run npm ci in tests/Notifications/Webhooks/Receiver";
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
            Assert.Skip(Missing);
        }

        var start = new ProcessStartInfo("node", [Path.Combine(
            folder, "receiver.cjs")])
        { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var receiver = new NodeReceiver(Process.Start(start)!);
        _ = receiver.ReadAsync();
        var port = (await receiver.NextAnswerAsync())["port"]!.GetValue<int>();
        receiver.Url = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/in"));
        return receiver;
    }

    /// <summary>Changes what it verifies with, how it answers, and whether it listens.</summary>
    public async Task ChangeAsync(JsonObject change)
    {
        await _process.StandardInput.WriteLineAsync(change.ToJsonString());
        await _process.StandardInput.FlushAsync();
        await NextAnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        _process.Dispose();
    }

    private async Task<JsonNode> NextAnswerAsync() =>
        await _answers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var said = JsonNode.Parse(line)!;
            if (said["call"] is { } call)
                Calls.Enqueue(call);
            else
                await _answers.Writer.WriteAsync(said);
        }
    }
}
