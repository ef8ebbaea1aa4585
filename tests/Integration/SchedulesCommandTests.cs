using ExportFunctions.Local.CommandLine;
using Spectre.Console;

namespace ExportFunctions.Tests.Integration;

/// <summary>The command line's schedules, on a running app.</summary>
[Integration]
public sealed class SchedulesCommandTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Schedule_IsMadeListedPausedResumedRunAndRemoved_ByItsName()
    {
        await using var app = await StartAsync();

        var added = await RunAsync(app, "add", "Weekly students", "students", "--format", "csv", "--columns", "id,lastName", "--filter", """{"column":"gpa","op":"ge","value":3}""",
            "--frequency", "weekly", "--weekday", "friday", "--time", "06:30", "--zone", "Europe/Athens");
        var listed = await RunAsync(app, "list");
        var paused = await RunAsync(app, "pause", "weekly students");
        var resumed = await RunAsync(app, "resume", "Weekly students");
        var run = await RunAsync(app, "run", "Weekly students");
        var removed = await RunAsync(app, "remove", "Weekly students");
        var empty = await RunAsync(app, "list");

        Assert.All([added, listed, paused, resumed, run, removed, empty], result => Assert.Equal((0, ""), (result.Code, result.Error)));
        Assert.Contains("every Friday at 06:30, Europe/Athens", added.Output, StringComparison.Ordinal);
        Assert.Equal(5, added.Output.Split(" UTC)").Length - 1);
        Assert.Contains("\tWeekly students\tstudents\tcsv\t", listed.Output, StringComparison.Ordinal);
        Assert.Equal("Weekly students is paused.", paused.Output.Trim());
        Assert.StartsWith("Weekly students is active, due next ", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("/api/v1/exports/", run.Output, StringComparison.Ordinal);
        Assert.Equal("Removed Weekly students; its exports stay.", removed.Output.Trim());
        Assert.Equal("", empty.Output);
    }

    [Fact]
    public async Task Add_NamesEveryBadOption()
    {
        await using var app = await StartAsync();

        var result = await RunAsync(app, "add", "Nothing", "pupils", "--frequency", "sometimes", "--zone", "Mars/Phobos");

        Assert.Equal(1, result.Code);
        Assert.Contains("- dataset: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("- --frequency: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("- --zone: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_AsksForAnId_WhenTheNameIsUnknownOrStandsForSeveral()
    {
        await using var app = await StartAsync();
        await RunAsync(app, "add", "Same", "courses", "--frequency", "hourly", "--minute", "5");
        await RunAsync(app, "add", "Same", "courses", "--frequency", "daily", "--disabled");

        var several = await RunAsync(app, "pause", "Same");
        var none = await RunAsync(app, "pause", "Other");
        var gone = await RunAsync(app, "remove", Guid.CreateVersion7().ToString());

        Assert.Equal([1, 1, 1], [several.Code, none.Code, gone.Code]);
        Assert.Contains("2 schedules are called \"Same\"", several.Error, StringComparison.Ordinal);
        Assert.Equal(2, several.Error.Split(Environment.NewLine + "- ").Length - 1);
        Assert.Contains("schedules list", none.Error, StringComparison.Ordinal);
        Assert.Contains("Check the id", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--frequency", "add", "Name", "students")]
    [InlineData("--url 'ftp://x'", "list", "--url", "ftp://x")]
    [InlineData("--filter is not JSON", "add", "Name", "students", "--frequency", "daily", "--filter", "{")]
    public async Task CommandLine_IsRefusedInWords_BeforeTheAppIsAsked(string expected, params string[] arguments)
    {
        var result = await RunAsync(["schedules", .. arguments]);

        Assert.Equal(1, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SaysHowToGoOn_WhenNothingListens()
    {
        var result = await RunAsync(["schedules", "list", "--url", "http://127.0.0.1:9"]);

        Assert.Equal(1, result.Code);
        Assert.Contains("127.0.0.1:9 can't be reached", result.Error, StringComparison.Ordinal);
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));

    private static Task<(int Code, string Output, string Error)> RunAsync(TestApp app, params string[] arguments) =>
        RunAsync(["schedules", .. arguments, "--url", app.Http.BaseAddress!.AbsoluteUri]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = 250;
        var code = await Commands.RunAsync(arguments, console, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
