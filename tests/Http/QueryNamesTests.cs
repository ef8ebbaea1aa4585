using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Http;

public sealed class QueryNamesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?status=queued&dataset=students&format=csv&from=2026-09-01&to=2026-09-02&pageSize=5&continuationToken=x")]
    [InlineData("?Status=queued&PAGESIZE=5")]
    [InlineData("?code=key&clientId=default&status=")]
    public void Check_FindsNothing_WhenAllIsKnown(string query) => Assert.Empty(Check(QueryNames.ExportList, query));

    [Theory]
    [InlineData("?staus=queued", "staus", "did you mean \"status\"?")]
    [InlineData("?entity=students", "entity", "Unknown query parameter")]
    [InlineData("?status=queued&status=running", "status", "Given twice")]
    [InlineData("?status=queued&Status=queued", "Status", "Given twice")]
    [InlineData("?=x", "", "Unknown query parameter")]
    [InlineData("?flag", "flag", "Unknown query parameter")]
    public void Check_NamesTheParameter_WhenItIsUnknownOrGivenTwice(string query, string name, string expected)
    {
        var (field, messages) = Assert.Single(Check(QueryNames.ExportList, query));

        Assert.Equal((name, 1), (field, messages.Length));
        Assert.Contains(expected, messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TakesBothNamesOfTheEarlierSystem_ButOneOfThem()
    {
        Assert.Empty(Check(QueryNames.ImportExportList, "?entity=students&format=csv"));
        Assert.Empty(Check(QueryNames.ImportExportList, "?dataset=students&export_format=csv"));
        Assert.Contains(
            "Keep one \"entity\"",
            Assert.Single(Check(QueryNames.ImportExportList, "?entity=students&dataset=students")["dataset"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ShortensNames_ThatComeBack()
    {
        var (field, _) = Assert.Single(Check(QueryNames.None, $"?{new string('x', 5_000)}=1"));

        Assert.Equal(new string('x', 64) + "…", field);
    }

    private static IReadOnlyDictionary<string, string[]> Check(QueryNames names, string query)
    {
        var errors = new FieldErrors();
        names.Check(new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request.Query, errors);
        return errors.ByField;
    }
}
