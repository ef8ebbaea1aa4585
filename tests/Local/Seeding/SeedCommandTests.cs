using System.CommandLine;
using ExportFunctions.Local.Seeding;
using Spectre.Console;

namespace ExportFunctions.Tests.Local.Seeding;

public sealed class SeedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Seed_MakesTheDefaultFile_AndSaysHowMuch()
    {
        var exitCode = await RunAsync("--students", "100");

        Assert.Equal(0, exitCode);
        Assert.True(await SchoolDatabase.IsCurrentAsync(Path.Combine(_folder.Root, ".local", "school.db"), 100, CancellationToken.None));
        Assert.Contains("100 %", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Done: 1,300 rows", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_DoesNothing_WhenTheSchoolIsThere()
    {
        var path = _folder.File("my school.db");
        await RunAsync("--students", "100", "--output", path);
        var written = File.GetLastWriteTimeUtc(path);

        var exitCode = await RunAsync("--students", "100", "--output", path);

        Assert.Equal(0, exitCode);
        Assert.Contains($"{path} holds 100 students already.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10000001")]
    [InlineData("99999999999")]
    [InlineData("many")]
    [InlineData("1.5")]
    public async Task Seed_NamesTheRange_WhenTheCountIsBad(string students)
    {
        var exitCode = await RunAsync("--students", students);

        Assert.Equal(1, exitCode);
        Assert.Contains("--students must be a whole number from 1 to 10,000,000", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData("--output and --postgres exclude each other", "--output", "a.db", "--postgres", "Host=x")]
    [InlineData("no connection string", "--postgres", "nonsense")]
    [InlineData("SCHOOL_POSTGRES", "--postgres", "%SCHOOL_POSTGRES%")]
    [InlineData("127.0.0.1:1 can't be reached", "--postgres", "Host=127.0.0.1;Port=1;Username=me;Password=secret")]
    public async Task Seed_SaysWhatToDo_WhenTheTargetIsBad(string expected, params string[] arguments)
    {
        var exitCode = await RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _error.ToString() + _output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_SaysWhatToDo_WhenTheOutputIsAFolder()
    {
        var exitCode = await RunAsync("--output", _folder.Root);

        Assert.Equal(1, exitCode);
        Assert.Contains("is a folder", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) });
        var root = new RootCommand { SeedCommand.Create(_folder.Root, findSetting: _ => null, console, TimeProvider.System) };
        return root.Parse(["seed", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error });
    }
}
