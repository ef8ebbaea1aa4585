using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Monitoring.Reports;

[Integration]
public sealed class ReportWriterTests(AzuriteFixture azurite)
{
    private static readonly PerformanceQuery Window = new(MetricsWorld.Today.AddDays(-6), MetricsWorld.Today.AddDays(1));

    [Fact]
    public async Task Html_IsWellFormed_AndFetchesNothing()
    {
        var report = await ReportAsync(dataset: "students");

        var html = ReportWriter.Write(report, ReportFormat.Html);

        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Replace(
            "charset=\"utf-8\">",
            "charset=\"utf-8\"/>",
            StringComparison.Ordinal).Replace("initial-scale=1\">", "initial-scale=1\"/>", StringComparison.Ordinal));
        Assert.Equal(4, page.Descendants("svg").Count());
        Assert.Contains(page.Descendants("td"), cell => cell.Value == "students");
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute =>
                attribute.Name.LocalName is "src" or "href" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Empty(page.Descendants("script"));
        var numbers = page.Descendants("rect").Select(rect => double.Parse(rect.Attribute("height")!.Value, CultureInfo.InvariantCulture));
        Assert.All(numbers, height => Assert.InRange(height, 0, 220));
    }

    [Fact]
    public async Task Names_AreText_InEveryFormat()
    {
        var report = await ReportAsync(dataset: "<b>a|b</b>");

        var html = ReportWriter.Write(report, ReportFormat.Html);
        var markdown = ReportWriter.Write(report, ReportFormat.Markdown);

        Assert.Contains("&lt;b&gt;a|b&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>a", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b>a\\|b&lt;/b>", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_HasWholeTables()
    {
        var markdown = ReportWriter.Write(await ReportAsync(dataset: "students"), ReportFormat.Markdown);

        var tables = markdown.Split("\n## ").Skip(1).ToList();
        Assert.Equal(
            ["Compared with the window before", "By format", "By dataset", "By day", "Failures of attempts", "Slowest exports"],
            tables.Select(table => table.Split('\n')[0]));
        Assert.All(tables, table => Assert.Single(
            table.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Count(letter => letter == '|')).Distinct()));
        Assert.StartsWith("# Exports, 26 August to 1 September 2026\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_SayWhatStandsOut()
    {
        var report = await ReportAsync(dataset: "students");

        Assert.Equal(
            [
                "4 exports ended, 300 % more than in the window before: 3,000 rows in 15 KB.",
                "75 % of those that were not canceled succeeded, after 100 % in the window before.",
                "Half of the exports took 2.0 s or less, and 95 in 100 took 8.9 s or less, 348.2 % longer than before.",
                "The most frequent failure was attempts_exhausted, once.",
                "The slowest one wrote 1,000 rows of students as csv in 9.0 s, most of it waiting for the source.",
            ],
            report.Findings);
    }

    [Fact]
    public async Task Json_HasTheFigures()
    {
        var json = JsonNode.Parse(ReportWriter.Write(await ReportAsync(dataset: "students"), ReportFormat.Json))!;

        Assert.Equal((4, 7), (json["summary"]!["totals"]!["exports"]!.GetValue<int>(), json["summary"]!["days"]!.AsArray().Count));
    }

    [Fact]
    public async Task Report_IsWhole_WhereThereIsNothing()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());

        var report = await world.Get<ReportWriter>().GatherAsync(world.Get<ReportWriter>().LastWeek(), CancellationToken.None);

        Assert.Equal(["No exports ended in this window, nor in the one before."], report.Findings);
        Assert.Equal((new DateOnly(2026, 8, 25), MetricsWorld.Today), (report.Summary.Query.From, report.Summary.Query.To));
        Assert.All(
            Enum.GetValues<ReportFormat>(),
            format => Assert.DoesNotContain("NaN", ReportWriter.Write(report, format), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(0.0012, 0.002)]
    [InlineData(99, 100)]
    [InlineData(2400000, 2500000)]
    public void Axis_EndsAtARoundValue(double most, double end) => Assert.Equal(end, ChartFrame.RoundUp(most), 9);

    [Theory]
    [InlineData(0.0004, "0 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(600, "10.0 min")]
    [InlineData(7200, "2.0 h")]
    public void Seconds_AreReadable(double seconds, string text) => Assert.Equal(text, ReportText.Seconds(seconds));

    private async Task<PerformanceReport> ReportAsync(string dataset)
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(MetricsWorld.Today.AddDays(-8), record => record with { Dataset = dataset });
        await world.AddAsync(
            MetricsWorld.Today.AddDays(-1),
            record => record with { Dataset = dataset },
            record => record with { Dataset = dataset, DurationSeconds = 9, SourceSeconds = 8, WriterSeconds = 1 },
            record => record with { Dataset = dataset, Outcome = AttemptOutcome.Failed, ErrorCode = "attempts_exhausted" });
        await world.AddAsync(MetricsWorld.Today, record => record with { Dataset = dataset });
        return await world.Get<ReportWriter>().GatherAsync(Window, CancellationToken.None);
    }
}
