namespace ExportFunctions.Tests.Infra;

/// <summary>infra/ compiles, and the linter has nothing to say.</summary>
[Integration]
public sealed class BicepTests(BicepFixture bicep)
{
    [Fact]
    public async Task Lint_SaysNothing()
    {
        var run = await bicep.RunAsync("lint", "--pattern", "**/*.bicep");
        var parameters = await bicep.RunAsync("lint", "--pattern", "*.bicepparam");

        Assert.True(run is { ExitCode: 0, Output: "", Error: "" }, run.Output + run.Error);
        Assert.True(parameters is { ExitCode: 0, Output: "", Error: "" }, parameters.Output + parameters.Error);
    }

    [Fact]
    public async Task Build_SaysNothing()
    {
        var run = await bicep.RunAsync("build", "main.bicep", "--outfile", "main.json");

        Assert.True(run is { ExitCode: 0, Output: "", Error: "" }, run.Output + run.Error);
    }

    [Fact]
    public async Task Build_FailsOnAWarning()
    {
        var file = bicep.PathOf("unused.bicep");
        await File.WriteAllTextAsync(file, "param unused string = 'x'\n", TestContext.Current.CancellationToken);

        var run = await bicep.RunAsync("build", file, "--stdout");
        File.Delete(file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no-unused-params", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_SayWhatTheyAre()
    {
        var template = await bicep.TemplateAsync();

        Assert.All(
            template.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.True(
                parameter.Value.TryGetProperty(
                    "metadata", out var metadata) && metadata.GetProperty("description").GetString() is { Length: > 5 }, parameter.Name));
    }

    [Fact]
    public async Task Parameters_HaveDefaults()
    {
        var template = await bicep.TemplateAsync();

        Assert.All(
            template.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.True(parameter.Value.TryGetProperty("defaultValue", out _), parameter.Name));
    }

    [Fact]
    public async Task Passwords_AreSecure()
    {
        var template = await bicep.TemplateAsync();

        var passwords = template.GetProperty(
            "parameters").EnumerateObject().Where(parameter => parameter.Name.EndsWith("Password", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, password => Assert.Equal("securestring", password.Value.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("deleteArchivesAfterDays", "200", "archiveTierAfterDays + 180")]
    [InlineData("zoneRedundant", "true", "needs storageSku Standard_ZRS or Standard_GZRS")]
    public async Task Deployment_IsRefusedInWords_WhenParametersContradictEachOther(string parameter, string value, string words)
    {
        var run = await PredictAsync(parameter, value);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(words, run.Output + run.Error, StringComparison.Ordinal);
    }

    private async Task<ProgramRun> PredictAsync(string parameter, string value)
    {
        var small = await File.ReadAllLinesAsync(bicep.PathOf("small.bicepparam"), TestContext.Current.CancellationToken);
        var file = bicep.PathOf($"{Guid.CreateVersion7():N}.bicepparam");
        var lines = small.Where(line => !line.StartsWith($"param {parameter} ", StringComparison.Ordinal))
            .Append($"param {parameter} = {value}");
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        return await bicep.RunAsync("snapshot", file, "--mode", "overwrite", "--resource-group", "x", "--location", "northeurope");
    }
}
