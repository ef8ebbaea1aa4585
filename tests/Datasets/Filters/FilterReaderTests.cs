using System.Globalization;
using System.Text;
using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Datasets.Filters;

public sealed class FilterReaderTests
{
    private static readonly Dataset Columns = SampleRow.Dataset with
    {
        Columns =
        [
            .. SampleRow.Dataset.Columns,
            new() { Name = "starts", Title = "Starts", Type = ColumnType.LocalTimestamp, SqlName = "starts" },
            new() { Name = "bell", Title = "Bell", Type = ColumnType.Time, SqlName = "bell" },
        ],
    };

    private static readonly Dictionary<ColumnType, (string Column, string Good, string Other)> Samples = new()
    {
        [ColumnType.Text] = ("name", "\"a\"", "\"b\""),
        [ColumnType.Identifier] = ("code", "\"007\"", "\"1\""),
        [ColumnType.Integer] = ("points", "7", "8"),
        [ColumnType.Decimal] = ("grade", "7.25", "\"8.50\""),
        [ColumnType.Boolean] = ("active", "true", "true"),
        [ColumnType.Date] = ("born", "\"2000-02-29\"", "\"2001-01-01\""),
        [ColumnType.Timestamp] = ("seen", "\"2026-01-01T10:00:00+02:00\"", "\"2026-01-01T10:00:00Z\""),
        [ColumnType.LocalTimestamp] = ("starts", "\"2026-01-01T10:00\"", "\"2026-01-01 11:00:00.5\""),
        [ColumnType.Time] = ("bell", "\"08:15\"", "\"23:59:59.9999999\""),
    };

    public static TheoryData<ColumnType, string> EveryOperatorAndType()
    {
        var data = new TheoryData<ColumnType, string>();
        foreach (var type in Enum.GetValues<ColumnType>())
        {
            foreach (var name in FilterOperators.All)
                data.Add(type, name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryOperatorAndType))]
    public void Read_TakesAnOperator_WhenTheColumnsTypeAllowsIt(ColumnType type, string name)
    {
        var (column, good, other) = Samples[type];
        var value = name switch
        {
            "in" or "between" => $", \"value\": [{good}, {other}]",
            "isNull" => "",
            _ => $", \"value\": {good}",
        };
        var isText = type is ColumnType.Text or ColumnType.Identifier;
        var allowed = name switch
        {
            "contains" or "startsWith" or "endsWith" => isText,
            "lt" or "le" or "gt" or "ge" or "between" => type != ColumnType.Boolean,
            _ => true,
        };

        // "007" < "1" and every other good value is smaller than its other.
        var (filter, errors) = Read($$"""{ "column": "{{column}}", "op": "{{name}}"{{value}} }""");

        Assert.Equal(allowed, filter is not null);
        Assert.Equal(allowed ? [] : ["filter.op"], errors.Keys);
    }

    [Fact]
    public void Read_GivesTypedValues_ForEveryType()
    {
        object Value(string column, string json) =>
            Assert.Single(Assert.IsType<Comparison>(Read($$"""{ "column": "{{column}}", "op": "eq", "value": {{json}} }""").Filter).Values);

        Assert.Equal("Αθ", Value("name", "\"Αθ\""));
        Assert.Equal(long.MinValue, Value("points", "-9223372036854775808"));
        Assert.Equal(12.50m, Value("grade", "\"12.50\""));
        Assert.Equal(true, Value("active", "true"));
        Assert.Equal(new DateOnly(2000, 2, 29), Value("born", "\"2000-02-29\""));
        var time = Assert.IsType<DateTime>(Value("seen", "\"2026-01-01T10:00:00.5+02:00\""));
        Assert.Equal(new DateTime(2026, 1, 1, 8, 0, 0, 500, DateTimeKind.Utc), time);
        Assert.Equal(DateTimeKind.Utc, time.Kind);
        var local = Assert.IsType<DateTime>(Value("starts", "\"2026-01-01T10:00:00.5\""));
        Assert.Equal(new DateTime(2026, 1, 1, 10, 0, 0, 500), local);
        Assert.Equal(DateTimeKind.Unspecified, local.Kind);
        Assert.Equal(new TimeOnly(8, 15, 30), Value("bell", "\"08:15:30\""));
    }

    [Theory]
    [InlineData("points", "\"7\"", "whole number")]
    [InlineData("points", "7.5", "whole number")]
    [InlineData("points", "9223372036854775808", "whole number")]
    [InlineData("grade", "\"7,5\"", "number")]
    [InlineData("grade", "1e400", "number")]
    [InlineData("grade", "true", "number")]
    [InlineData("active", "1", "true or false")]
    [InlineData("active", "\"true\"", "true or false")]
    [InlineData("born", "\"2001-02-29\"", "yyyy-MM-dd")]
    [InlineData("born", "\"2001-02-28T00:00:00Z\"", "yyyy-MM-dd")]
    [InlineData("seen", "\"2026-01-01T10:00:00\"", "no offset")]
    [InlineData("seen", "\"2026-01-01\"", "no offset")]
    [InlineData("seen", "\"yesterday\"", "ISO 8601")]
    [InlineData("seen", "\"0001-01-01T00:00:00+14:00\"", "ISO 8601")]
    [InlineData("seen", "1767225600", "ISO 8601")]
    [InlineData("starts", "\"2026-01-01T10:00:00Z\"", "no offset")]
    [InlineData("starts", "\"soon\"", "without a zone")]
    [InlineData("bell", "\"24:00\"", "time of day")]
    [InlineData("bell", "830", "time of day")]
    [InlineData("name", "7", "text in quotes")]
    [InlineData("name", "\"a\\u0000b\"", "NUL")]
    [InlineData("name", "\"\\ud800\"", "surrogate")]
    [InlineData("name", "null", "isNull")]
    [InlineData("name", "{}", "text in quotes")]
    public void Read_NamesValueAndColumn_WhenAValueIsNotOfTheColumnsType(string column, string json, string expected)
    {
        var (filter, errors) = Read(
            $$"""{ "and": [ { "column": "id", "op": "gt", "value": 0 }, { "column": "{{column}}", "op": "eq", "value": {{json}} } ] }""");

        Assert.Null(filter);
        var message = Assert.Single(Assert.Single(errors).Value);
        Assert.Equal("filter.and[1].value", Assert.Single(errors).Key);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains($"\"{column}\"", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "filter", "Must be a JSON object")]
    [InlineData("{}", "filter.column", "Required. Must be the name of a column")]
    [InlineData(
        """{ "column": "nmae", "op": "eq", "value": "x" }""",
        "filter.column",
        "Unknown column \"nmae\"; did you mean \"name\"? The columns of samples are id, name, code")]
    [InlineData("""{ "column": "name", "op": "like", "value": "x" }""", "filter.op", "Unknown name. Must be one of eq, ne")]
    [InlineData("""{ "column": "name", "op": "startswith", "value": "x" }""", "filter.op", "did you mean \"startsWith\"?")]
    [InlineData("""{ "column": "name", "op": "eq" }""", "filter.value", "Required. Must be a text in quotes")]
    [InlineData("""{ "column": "name", "operator": "eq", "op": "eq", "value": "x" }""", "filter.operator", "Unknown field")]
    [InlineData("""{ "column": "name", "column": "code", "op": "eq", "value": "x" }""", "filter.column", "Given twice")]
    [InlineData("""{ "column": "name", "op": "eq", "values": ["x"] }""", "filter.values", "only for the operator in")]
    [InlineData("""{ "column": "name", "op": "contains", "value": "" }""", "filter.value", "Must not be empty")]
    [InlineData("""{ "column": "name", "op": "in", "value": [] }""", "filter.value", "1 to 50,000")]
    [InlineData("""{ "column": "name", "op": "in", "values": "x" }""", "filter.values", "1 to 50,000")]
    [InlineData("""{ "column": "name", "op": "in", "values": ["x", 7] }""", "filter.values[1]", "text in quotes")]
    [InlineData("""{ "column": "name", "op": "in", "value": ["x"], "values": ["x"] }""", "filter.values", "beside value")]
    [InlineData("""{ "column": "points", "op": "between", "value": [1] }""", "filter.value", "two values")]
    [InlineData("""{ "column": "points", "op": "between", "value": [2, 1] }""", "filter.value", "smaller value first")]
    [InlineData("""{ "column": "points", "op": "isNull", "value": 1 }""", "filter.value", "left out")]
    [InlineData("""{ "and": [] }""", "filter.and", "one or more conditions")]
    [InlineData("""{ "or": {} }""", "filter.or", "one or more conditions")]
    [InlineData("""{ "not": [] }""", "filter.not", "Must be a JSON object")]
    [InlineData("""{ "and": [{ "column": "name", "op": "isNull" }], "or": [] }""", "filter", "beside other fields")]
    public void Read_NamesThePath_WhenTheShapeIsBad(string json, string path, string expected)
    {
        var (filter, errors) = Read(json);

        Assert.Null(filter);
        Assert.Contains(errors[path], message => message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NamesEveryFault_WhenThereAreMany()
    {
        var (_, errors) = Read("""{ "or": [ { "column": "x", "op": "eq", "value": 1 }, { "not": { "column": "points", "op": "contains", "value": 1 } }, { "column": "born", "op": "between", "value": ["a", "b"] } ] }""");

        Assert.Equal(["filter.or[0].column", "filter.or[1].not.op", "filter.or[2].value[0]", "filter.or[2].value[1]"], errors.Keys);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", \"value\": true", true)]
    [InlineData(", \"value\": false", false)]
    public void Read_TurnsIsNullRound_WhenItsValueIsFalse(string value, bool isNull)
    {
        var (filter, _) = Read($$"""{ "column": "name", "op": "isNull"{{value}} }""");

        Assert.Equal(isNull ? typeof(Comparison) : typeof(Not), filter!.GetType());
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(10_000, false)]
    public void Read_Refuses_WhenTheTreeIsDeeperThan32(int nots, bool accepted)
    {
        var json =
            new StringBuilder().Insert(0, "{\"not\":", nots).Append("{\"column\":\"name\",\"op\":\"isNull\"}").Append('}', nots).ToString();

        var (filter, errors) = Read(json);

        Assert.Equal(accepted, filter is not null);
        Assert.Equal(accepted ? 0 : 1, errors.Count);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    [InlineData(100_000, false)]
    public void Read_Refuses_WhenThereAreMoreThan500Comparisons(int comparisons, bool accepted)
    {
        var half = string.Join(',', Enumerable.Repeat("{\"column\":\"name\",\"op\":\"isNull\"}", comparisons - 1));

        var (filter, errors) = Read($$"""{"and":[{"or":[{{half}}]},{"column":"name","op":"isNull"}]}""");

        Assert.Equal(accepted, filter is not null);
        Assert.Equal(accepted ? 0 : 1, errors.Count);
    }

    [Theory]
    [InlineData(50_000, true)]
    [InlineData(50_001, false)]
    public void Read_Refuses_WhenAListHasMoreThan50000Values(int values, bool accepted)
    {
        var list = string.Join(',', Enumerable.Range(0, values).Select(i => i.ToString(CultureInfo.InvariantCulture)));

        var (filter, _) = Read($$"""{ "column": "points", "op": "in", "values": [{{list}}] }""");

        Assert.Equal(accepted, filter is not null);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Read_Refuses_WhenTheListsHaveMoreThan100000ValuesTogether(int lists, bool accepted)
    {
        var list = $$"""{ "column": "points", "op": "in", "value": [{{string.Join(',', Enumerable.Repeat("7", 50_000))}}] }""";

        var (filter, errors) = Read($$"""{ "or": [{{string.Join(',', Enumerable.Repeat(list, lists))}}] }""");

        Assert.Equal(accepted, filter is not null);
        Assert.Equal(accepted ? [] : ["filter.or[2].value"], errors.Keys);
    }

    [Fact]
    public void Read_NamesTheFirst100Values_WhenAllOf50000AreWrong()
    {
        var (_, errors) =
            Read($$"""{ "column": "points", "op": "in", "value": [{{string.Join(',', Enumerable.Repeat("\"x\"", 50_000))}}] }""");

        Assert.Equal(100, errors.Count);
        Assert.Contains("filter.value[99]", errors.Keys);
    }

    [Theory]
    [InlineData("name", "eq", "\"Αθ\"")]
    [InlineData("name", "ne", "\"Αθ\"")]
    [InlineData("code", "in", "[\"a\", \"b\"]")]
    [InlineData("name", "contains", "\"Αθ\"")]
    [InlineData("name", "startsWith", "\"Αθ\"")]
    [InlineData("code", "endsWith", "\"a\"")]
    public void Read_LeavesLetterCaseAside_WhenAsked(string column, string op, string value)
    {
        var (filter, _) = Read($$"""{ "column": "{{column}}", "op": "{{op}}", "value": {{value}}, "ignoreCase": true }""");

        Assert.True(Assert.IsType<Comparison>(filter).IgnoresCase);
    }

    [Theory]
    [InlineData("""{ "column": "name", "op": "eq", "value": "a", "ignoreCase": 1 }""", "true or false")]
    [InlineData("""{ "column": "name", "op": "eq", "value": "a", "ignoreCase": null }""", "true or false")]
    [InlineData("""{ "column": "points", "op": "eq", "value": 1, "ignoreCase": true }""", "\"points\" is of type integer")]
    [InlineData(
        """{ "column": "name", "op": "lt", "value": "a", "ignoreCase": true }""",
        "only for the operators eq, ne, in, contains, startsWith, endsWith")]
    [InlineData("""{ "column": "name", "op": "between", "value": ["a", "b"], "ignoreCase": true }""", "only for the operators")]
    [InlineData("""{ "column": "name", "op": "isNull", "ignoreCase": true }""", "only for the operators")]
    public void Read_NamesIgnoreCase_WhenItCannotBe(string json, string expected)
    {
        var (filter, errors) = Read(json);

        Assert.Null(filter);
        Assert.Contains(expected, Assert.Single(errors["filter.ignoreCase"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_000, true)]
    [InlineData(4_001, false)]
    public void Read_Refuses_WhenATextHasMoreThan4000Characters(int length, bool accepted)
    {
        var (filter, _) = Read($$"""{ "column": "name", "op": "eq", "value": "{{new string('x', length)}}" }""");

        Assert.Equal(accepted, filter is not null);
    }

    private static (Filter? Filter, IReadOnlyDictionary<string, string[]> Errors) Read(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 20_000 });
        var errors = new FieldErrors();
        var filter = new FilterReader(Columns, errors).Read(document.RootElement, "filter");
        Assert.Equal(errors.IsEmpty, filter is not null);
        return (filter, errors.ByField);
    }
}
