namespace ExportFunctions.Tests.Integration;

/// <summary>What <c>serve</c> says when it is up.</summary>
public sealed class ServeOutputTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Serve_SaysTheTenLinesThatMatter_AndNoFunctions()
    {
        await using var host = await HostProcess.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));

        var said = await SaidAsync(host);

        Assert.Equal(["Address", "Docs", "Inbox", "Storage", "Datasets", "Webhooks", "Key", "Functions", "Ctrl+C"], said.Select(line => line.Split(' ')[0]));
        Assert.Contains("students", said[4], StringComparison.Ordinal);
        Assert.EndsWith("--verbose lists them", said[7], StringComparison.Ordinal);
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
