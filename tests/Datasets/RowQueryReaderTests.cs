using ExportFunctions.Datasets;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Datasets;

public sealed class RowQueryReaderTests
{
    [Fact]
    public void Read_GivesTheDefaults_WhenNothingIsAsked()
    {
        var (query, _) = Read("""{ "dataset": "samples", "filter": null, "columns": null, "sort": null, "offset": null, "limit": null }""");

        Assert.Equal(SampleRow.Dataset.Columns, query!.Columns);
        Assert.Null(query.Filter);
        Assert.Empty(query.Sort);
        Assert.Equal((0L, null), (query.Offset, query.Limit));
    }

    [Fact]
    public void Read_KeepsTheOrderGiven_ForColumnsAndSort()
    {
        var (query, _) = Read("""{ "columns": ["name", "id"], "sort": ["-grade", "name", { "column": "id", "direction": "desc" }, { "column": "code" }], "offset": 5, "limit": 0 }""");

        Assert.Equal(["name", "id"], query!.Columns.Select(column => column.Name));
        Assert.Equal(
            [("grade", SortDirection.Descending), (
                "name", SortDirection.Ascending), ("id", SortDirection.Descending), ("code", SortDirection.Ascending)],
            query.Sort.Select(key => (key.Column.Name, key.Direction)));
        Assert.Equal((5L, 0L), (query.Offset, query.Limit));
    }

    [Theory]
    [InlineData("el", "el")]
    [InlineData("EL-gr", "el-GR")]
    [InlineData("zh-hant", "zh-Hant")]
    public void Read_GivesTheLanguageByItsName_WhenACollationIsAskedFor(string given, string expected)
    {
        var (query, _) = Read($$"""{ "sort": [{ "column": "name", "direction": "desc", "collation": "{{given}}" }] }""");

        var key = Assert.Single(query!.Sort);
        Assert.Equal((SortDirection.Descending, expected), (key.Direction, key.Collation));
    }

    [Theory]
    [InlineData("[]", "", "JSON object")]
    [InlineData("""{ "columns": [] }""", "columns", "one or more")]
    [InlineData("""{ "columns": "name" }""", "columns", "Must be a list")]
    [InlineData("""{ "columns": ["name", 7] }""", "columns[1]", "the name of a column")]
    [InlineData("""{ "columns": ["name", "nam"] }""", "columns[1]", "did you mean \"name\"?")]
    [InlineData("""{ "columns": ["name", "name"] }""", "columns[1]", "Given twice")]
    [InlineData("""{ "sort": "name" }""", "sort", "Must be a list")]
    [InlineData("""{ "sort": ["name; DROP TABLE samples"] }""", "sort[0]", "Unknown column")]
    [InlineData("""{ "sort": ["--name"] }""", "sort[0]", "Unknown column")]
    [InlineData("""{ "sort": ["name", "-name"] }""", "sort[1]", "Given twice")]
    [InlineData("""{ "sort": [{ "column": "name", "direction": "down" }] }""", "sort[0].direction", "one of asc, desc")]
    [InlineData("""{ "sort": [{ "direction": "asc" }] }""", "sort[0].column", "the name of a column")]
    [InlineData("""{ "sort": [{ "column": "name", "order": "asc" }] }""", "sort[0].order", "The fields are column, direction, collation.")]
    [InlineData("""{ "sort": [{ "column": "name", "colation": "el" }] }""", "sort[0].colation", "did you mean \"collation\"?")]
    [InlineData("""{ "sort": [{ "column": "name", "collation": 7 }] }""", "sort[0].collation", "BCP 47")]
    [InlineData("""{ "sort": [{ "column": "name", "collation": null }] }""", "sort[0].collation", "BCP 47")]
    [InlineData("""{ "sort": [{ "column": "name", "collation": "" }] }""", "sort[0].collation", "Unknown language")]
    [InlineData("""{ "sort": [{ "column": "name", "collation": "el_GR" }] }""", "sort[0].collation", "did you mean \"el-GR\"?")]
    [InlineData("""{ "sort": [{ "column": "name", "collation": "xx" }] }""", "sort[0].collation", "Unknown language")]
    [InlineData(
        """{ "sort": [{ "column": "name", "collation": "el-x-icu\" DESC; DROP TABLE samples" }] }""",
        "sort[0].collation",
        "Unknown language")]
    [InlineData("""{ "sort": [{ "column": "points", "collation": "el" }] }""", "sort[0].collation", "\"points\" is of type integer")]
    [InlineData("""{ "offset": -1 }""", "offset", "0 or more")]
    [InlineData("""{ "limit": 1.5 }""", "limit", "0 or more")]
    [InlineData("""{ "limit": "10" }""", "limit", "0 or more")]
    [InlineData("""{ "filter": [] }""", "filter", "Must be a JSON object")]
    public void Read_NamesTheField_WhenItIsBad(string json, string path, string expected)
    {
        var (query, errors) = Read(json);

        Assert.Null(query);
        Assert.Contains(expected, Assert.Single(errors[path]), StringComparison.Ordinal);
    }

    private static (RowQuery? Query, IReadOnlyDictionary<string, string[]> Errors) Read(string json)
    {
        var errors = new FieldErrors();
        var fields = GivenFields.Open(json, errors, RowQueryReader.Fields);
        return (fields is null ? null : RowQueryReader.Read(fields, SampleRow.Dataset, out _), errors.ByField);
    }
}
