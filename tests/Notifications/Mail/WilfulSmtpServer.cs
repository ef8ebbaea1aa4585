using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExportFunctions.Tests.Notifications.Mail;

/// <summary>An SMTP server on loopback with bad manners: it answers no <c>QUIT</c>, or gives its greeting byte by byte for ever.</summary>
internal sealed class WilfulSmtpServer : IAsyncDisposable
{
    private const string Greeting = "220-one moment\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sessions = [];
    private readonly bool _dribbles;
    private readonly bool _closesAtQuit;
    private readonly Task _run;
    private int _taken;

    /// <param name="dribbles">Whether it never comes to the end of its greeting.</param>
    /// <param name="closesAtQuit">Whether it closes the connection at <c>QUIT</c>; else it says nothing at all.</param>
    public WilfulSmtpServer(bool dribbles = false, bool closesAtQuit = false)
    {
        _dribbles = dribbles;
        _closesAtQuit = closesAtQuit;
        _listener.Start();
        _run = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails it took.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
                _sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                for (var i = 0; _dribbles; i = (i + 1) % Greeting.Length)
                {
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(Greeting[i..(i + 1)]), _stop.Token);
                    await Task.Delay(100, _stop.Token);
                }

                using var reader = new StreamReader(stream, Encoding.Latin1);
                await SayAsync(stream, "220 here");
                while (await reader.ReadLineAsync(_stop.Token) is { } line && await AnswerAsync(line, reader, stream))
                {
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The other side went, or the test is over.
        }
    }

    private async Task<bool> AnswerAsync(string line, StreamReader reader, NetworkStream stream)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "DATA":
                await SayAsync(stream, "354 go on");
                while (await reader.ReadLineAsync(_stop.Token) is not (null or "."))
                {
                }

                Interlocked.Increment(ref _taken);
                await SayAsync(stream, "250 taken");
                return true;
            case "QUIT" when _closesAtQuit:
                return false;
            case "QUIT":
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            default:
                await SayAsync(stream, "250 ok");
                return true;
        }
    }

    private async Task SayAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), _stop.Token);
}
