using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Tests.Infra;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Local.Seeding;
using MiniExcelLibs;
using Sylvan.Data.Csv;

namespace ExportFunctions.Tests.Documentation;

/// <summary>What the README says, done.</summary>
[Integration]
public sealed class ReadmeTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const string Address = "http://localhost:7071";
    private const string Run = "dotnet run --project local";

    private static readonly MarkdownPage Readme = MarkdownPage.Open("README.md");
    private static readonly string[] Scripts = [.. Readme.Code("bash")];

    [Fact]
    public void Readme_IsShort() => Assert.InRange(new FileInfo(Readme.Path).Length, 1, 9 * 1024);

    [Fact]
    public async Task TwoCommands_AreWhatThisRepositoryHas()
    {
        var (export, tests) = (Scripts[0], Scripts[1]);
        Assert.True(File.Exists(Path.Combine(MarkdownPage.Root, "local", "ExportFunctions.Local.csproj")));
        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path.Combine(MarkdownPage.Root, tests)).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(0, (await ProgramRun.RunAsync("bash", ["-n", tests], MarkdownPage.Root)).ExitCode);

        using var folder = new TemporaryFolder();
        var arguments = export[$"{Run} -- ".Length..].Split(' ');
        var run = await ProgramRun.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "exportfunctions.dll"), .. arguments], folder.Root, Settings());

        Assert.StartsWith($"{Run} -- ", export, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var workbook = File.OpenRead(Path.Combine(folder.Root, "students.xlsx"));
        Assert.Equal(SchoolFixture.Students, workbook.Query(useHeaderRow: true).Count());
    }

    [Fact]
    public async Task Curl_LeadsFromTheRequestToTheFile()
    {
        var expected = await school.QueryAsync("SELECT count(*) FROM students WHERE is_active = 1 AND gpa >= 3.5");
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));
        using var folder = new TemporaryFolder();
        Assert.Contains(Run, Scripts);
        var script = Assert.Single(Scripts, script => script.Contains("curl", StringComparison.Ordinal));

        var run = await ProgramRun.RunAsync(
            "bash", ["-euo", "pipefail", "-c", Here(script, app)], folder.Root);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("event: done", run.Output, StringComparison.Ordinal);
        var job = run.Output.Split('\n').Last(line => line.StartsWith("{\"id\":", StringComparison.Ordinal));
        Assert.Equal("succeeded", JsonDocument.Parse(job).RootElement.GetProperty("status").GetString());
        using var reader = CsvDataReader.Create(Path.Combine(folder.Root, "honours.csv"));
        var rows = 0;
        while (await reader.ReadAsync())
            rows++;

        Assert.Equal(expected[0][0], (long)rows);
        Assert.Equal(5, reader.FieldCount);
    }

    [Fact]
    public async Task WrongInput_IsAnsweredAsShown()
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));
        var shown = JsonDocument.Parse(Readme.Code("json").First()).RootElement;

        using var response = await app.Client.PostAsync("""{"dataset":"students","fromat":"csv","limit":-1}""");
        var answered = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        foreach (var name in new[] { "type", "title", "status", "detail" })
            Assert.Equal(shown.GetProperty(name).ToString(), answered[name]!.ToString());
        Assert.Equal(
            shown.GetProperty("errors").EnumerateObject().Select(field => field.Name),
            answered["errors"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Shown("limit"), Answered("limit"));
        Assert.StartsWith(Shown("fromat").TrimEnd('…'), Answered("fromat"), StringComparison.Ordinal);

        string Shown(string field) => shown.GetProperty("errors").GetProperty(field)[0].GetString()!;
        string Answered(string field) => answered["errors"]![field]![0]!.GetValue<string>();
    }

    private Dictionary<string, string> Settings() => TestApp.Settings(azurite.NewAccount(), school.DatasetsFile)
        .ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!, StringComparer.Ordinal);

    private static string Here(string script, TestApp app)
    {
        Assert.Contains(Address, script, StringComparison.Ordinal);
        return script.Replace(Address, app.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
    }
}
