using System.Text.Json;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Datasets.Filters;

public sealed class FilterWordsTests
{
    [Theory]
    [InlineData("""{ "and": [ { "column": "grade", "op": "ge", "value": 7 }, { "or": [ { "column": "name", "op": "contains", "value": "Αθ" }, { "column": "name", "op": "isNull" } ] } ] }""", "Grade is at least 7 and (Name contains \"Αθ\" or Name is empty)")]
    [InlineData("""{ "not": { "column": "name", "op": "isNull" } }""", "Name is not empty")]
    [InlineData(
        """{ "not": { "and": [ { "column": "active", "op": "eq", "value": true }, { "column": "points", "op": "ne", "value": -1 } ] } }""",
        "not (Active is true and Points is not -1)")]
    [InlineData(
        """{ "column": "born", "op": "between", "value": ["2000-01-01", "2000-12-31"] }""", "Born is between 2000-01-01 and 2000-12-31")]
    [InlineData("""{ "column": "seen", "op": "lt", "value": "2026-01-01T10:00:00+02:00" }""", "Seen is before 2026-01-01 08:00:00 UTC")]
    [InlineData("""{ "column": "code", "op": "in", "value": ["007", "7"] }""", "Code is one of \"007\", \"7\"")]
    [InlineData("""{ "or": [ { "column": "code", "op": "startsWith", "value": "0" } ] }""", "Code begins with \"0\"")]
    [InlineData(
        """{ "column": "name", "op": "contains", "value": "ΑΘ", "ignoreCase": true }""", "Name contains \"ΑΘ\" in any letter case")]
    public void Describe_SaysTheFilterInPlainWords(string json, string expected) =>
        Assert.Equal(expected, FilterWords.Describe(Read(json)));

    [Theory]
    [InlineData("""{ "and": [ { "column": "grade", "op": "ge", "value": 7 }, { "or": [ { "column": "name", "op": "contains", "value": "Αθ", "ignoreCase": true }, { "column": "name", "op": "isNull" } ] } ] }""", "Grade είναι τουλάχιστον 7 και (Name περιέχει \"Αθ\" με πεζά ή κεφαλαία ή Name είναι κενό)")]
    [InlineData("""{ "not": { "column": "active", "op": "eq", "value": true } }""", "όχι (Active είναι αληθές)")]
    [InlineData("""{ "column": "born", "op": "lt", "value": "2000-01-01" }""", "Born είναι πριν από 2000-01-01")]
    public void Describe_SpeaksGreek_WhenAsked(string json, string expected) =>
        Assert.Equal(expected, FilterWords.Describe(Read(json), FilterVocabulary.Greek));

    [Fact]
    public void Describe_CutsBetweenCharacters_WhenTheFilterIsLong()
    {
        var words =
            FilterWords.Describe(
                Read($$"""{ "column": "name", "op": "eq", "value": "{{string.Concat(Enumerable.Repeat("👩", 400))}}" }"""));

        Assert.InRange(words.Length, 499, 500);
        Assert.EndsWith("👩…", words, StringComparison.Ordinal);
    }

    private static Filter Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new FilterReader(SampleRow.Dataset, new FieldErrors()).Read(document.RootElement, "filter")!;
    }
}
