using ExportFunctions.Local.CommandLine;
using ExportFunctions.Local.Hosting;
using Spectre.Console;

namespace ExportFunctions.Tests.Local.CommandLine;

public sealed class CommandsTests
{
    [Theory]
    [InlineData("export students --format xml", "xml")]
    [InlineData("export students --limit -1", "--limit must be 0 or more")]
    [InlineData("export students --offset many", "many")]
    [InlineData("export students --filter {bad", "--filter is not JSON")]
    [InlineData("export students --filter 3", "--filter must be a JSON object")]
    [InlineData("export students --option zone", "name=value")]
    [InlineData("export students --url ftp://x", "--url 'ftp://x' must be")]
    [InlineData("export", "Required argument missing")]
    [InlineData("serve --port 70000", "--port must be from 0 to 65535")]
    [InlineData("--port 70000", "--port must be from 0 to 65535")]
    [InlineData("imprt", "imprt")]
    public async Task RunAsync_SaysWhatIsWrongAndFails_WhenArgumentsAreBad(string line, string expected)
    {
        using var error = new StringWriter();

        var exitCode = await Commands.RunAsync(line.Split(' '), Quiet(), error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NamesTheFolder_WhenTheOutputHasNone()
    {
        using var error = new StringWriter();

        var exitCode = await Commands.RunAsync(
            ["export", "students", "--output", "/no/such/folder/x.csv"], Quiet(), error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("The folder /no/such/folder does not exist: make it, or give another --output.", error.ToString().TrimEnd());
    }

    [Fact]
    public async Task RunAsync_SaysTheAppIsAway_WhenNothingListensAtTheUrl()
    {
        using var error = new StringWriter();

        var exitCode = await Commands.RunAsync(
            ["export", "students", "--url", "http://127.0.0.1:1"], Quiet(), error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("http://127.0.0.1:1 can't be reached: check that the app runs there.", error.ToString().TrimEnd());
    }

    [Fact]
    public void ToRequest_HoldsWhatWasAskedFor_InTheApisWords()
    {
        var console = Quiet();
        var app = new AppStart(Repository.Find(), new(() => throw new InvalidOperationException("no settings are needed")), console);
        var export = new ExportCommand(app, console);
        var parsed = export.Build().Parse(
            ["students", "--format", "csv", "--columns", "id, lastName", "--sort", "lastName,-gpa", "--limit", "5", "--offset", "2",
             "--filter", """{"column":"year","op":"ge","value":3}""", "--option", "delimiter=;", "--option", "bom=false", "--option",
             "zone=Europe/Athens",
             "--file-name", "all", "--notify", "a@example.org,b@example.org", "--notify", "c@example.org", "--attach-file", "--retry", "2",
             "--retry-delay", "00:00:05"]);

        var request = export.Read(parsed).ToRequest().ToJsonString();

        Assert.Empty(parsed.Errors);
        Assert.Equal(
            """{"dataset":"students","format":"csv","filter":{"column":"year","op":"ge","value":3},"columns":["id","lastName"],"sort":["lastName","-gpa"],"offset":2,"limit":5,"fileName":"all","notify":["a@example.org","b@example.org","c@example.org"],"attachFile":true,"retry":{"count":2,"delay":"00:00:05"},"options":{"delimiter":";","bom":false,"zone":"Europe/Athens"}}""",
            request);
    }

    [Theory]
    [InlineData("students-20260314-150926.xlsx", "students.xlsx")]
    [InlineData("students-20260314-150926.csv", "students.csv")]
    [InlineData("students-20260314-150926.csv.gz", "students.csv.gz")]
    public void FindOutput_NamesTheFileAfterTheDataset_InTheGivenFolder(string fileName, string expected)
    {
        var folder = Path.GetTempPath();

        var target = new ExportArguments { Dataset = "students", Format = "csv", Output = folder }.FindOutput(fileName);

        Assert.Equal(Path.Combine(folder, expected), target.Path);
    }

    private static IAnsiConsole Quiet() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
}
