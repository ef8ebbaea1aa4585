using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ExportFunctions.Local.Hosting;
using MimeKit;

namespace ExportFunctions.Tests.Notifications.Mail;

/// <summary>A real SMTP server (aiosmtpd) on loopback. Tests skip where it is not installed, except in CI, where they fail.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<MimeMessage> _mails = Channel.CreateUnbounded<MimeMessage>();

    private SmtpServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="certificate">A PEM file with certificate and key, for STARTTLS; null for a server without.</param>
    public static async Task<SmtpServer> StartAsync(string? certificate = null)
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"))
        {
            const string Missing = "aiosmtpd is not installed: apt-get install python3-aiosmtpd";
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
            Assert.Skip(Missing);
        }

        var script = Path.Combine(Repository.Find().Root, "tests", "Notifications", "Mail", "smtp_server.py");
        var start = new ProcessStartInfo("/usr/bin/python3", certificate is null ? [script] : [script, certificate])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(
            TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The SMTP server did not start.");
        var server = new SmtpServer(process, int.Parse(line, CultureInfo.InvariantCulture));
        _ = server.ReadMailsAsync();
        return server;
    }

    /// <summary>The next mail it took.</summary>
    public async Task<MimeMessage> NextAsync() =>
        await _mails.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        _process.Dispose();
    }

    private async Task ReadMailsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var content = Convert.FromBase64String(JsonNode.Parse(line)!["content"]!.GetValue<string>());
            await _mails.Writer.WriteAsync(await MimeMessage.LoadAsync(new MemoryStream(content)));
        }
    }
}
