using System.Net;
using System.Net.Sockets;

namespace ExportFunctions.Tests.Integration;

/// <summary>What <c>serve</c> says when it is up.</summary>
[Integration]
public sealed class ServeOutputTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Serve_SaysTheTenLinesThatMatter_AndNoFunctions()
    {
        await using var host = await HostProcess.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));

        var said = await SaidAsync(host);

        Assert.Equal(
            ["Address", "Docs", "Inbox", "Storage", "Datasets", "Webhooks", "Key", "Functions", "Ctrl+C"],
            said.Select(line => line.Split(' ')[0]));
        Assert.Contains("students", said[4], StringComparison.Ordinal);
        Assert.EndsWith("--verbose lists them", said[7], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_StartsWithMailsOff_AndSaysSo_WhenAKeyRemovesTheInboxAndTheSettingsHaveThemOn()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["ENABLE_EMAIL_NOTIFICATIONS"] = "1";
        settings["FUNCTIONS_KEY"] = "x";
        await using var host = await HostProcess.StartAsync(settings);

        var said = await SaidAsync(host);

        Assert.Equal("Inbox      none here: mails are off, as its pages ask for no key, and this host does; SMTP_HOST or "
            + "SENDGRID_API_KEY sends them", said[2]);
    }

    [Fact]
    public async Task Serve_StopsAndSaysOnceThatTelemetryIsNotDelivered_WhenTheCollectorNeverAnswers()
    {
        // It is connected to, and that is all.
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}";
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var host = await HostProcess.StartAsync(settings);
        await SaidAsync(host);

        var code = await host.TerminateAsync();

        Assert.Equal(0, code);
        Assert.Single(host.Output.Split(Environment.NewLine), line => line.Contains("Telemetry isn't delivered", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("EXPORT_RETENTION_DAYS", "0", "EXPORT_RETENTION_DAYS is '0' and must be a whole number from 1 to 3650.")]
    [InlineData("exports__maxattempts", "many", "exports__maxattempts is 'many' and must be a whole number from 1 to 20.")]
    public async Task Serve_SaysOneLineOnly_WhenASettingIsWrong(string setting, string text, string expected)
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings[setting] = text;
        await using var host = HostProcess.Launch(settings, AppContext.BaseDirectory);

        var code = await host.ExitAsync();

        Assert.Equal(1, code);
        Assert.Equal(expected, host.Output.Trim());
    }

    private static async Task<string[]> SaidAsync(HostProcess host)
    {
        // The app answers a moment before it says so.
        for (var looks = 0; looks < 600; looks++)
        {
            var lines = host.Output.Split(Environment.NewLine);
            var first = Array.FindIndex(lines, line => line.StartsWith("Address ", StringComparison.Ordinal));
            var last = Array.FindIndex(lines, line => line.StartsWith("Ctrl+C ", StringComparison.Ordinal));
            if (first >= 0 && last > first)
                return [.. lines[first..(last + 1)].Where(line => !line.Contains("Z info:", StringComparison.Ordinal))];

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException(host.Output);
    }
}
