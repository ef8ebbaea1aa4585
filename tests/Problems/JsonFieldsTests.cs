using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Problems;

public sealed class JsonFieldsTests
{
    private static readonly JsonShape Part = new(["size", "unit"], "{\"size\": 3}");

    private readonly FieldErrors _errors = new();

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void Open_SaysWhatIsRight_WhenItIsNoObject(string json)
    {
        Assert.Null(JsonFields.Open(JsonElement.Parse(json), Part, _errors, "part"));

        Assert.Equal("Must be a JSON object, such as {\"size\": 3}.", Message("part"));
    }

    [Theory]
    [InlineData("""{"sizes":1}""", "part.sizes", "Unknown field; did you mean \"size\"? The fields are size, unit.")]
    [InlineData("""{"colour":1}""", "part.colour", "Unknown field. The fields are size, unit.")]
    [InlineData("""{"colour":null}""", "part.colour", "Unknown field. The fields are size, unit.")]
    [InlineData("""{"Size":1}""", "part.Size", "Unknown field; did you mean \"size\"? The fields are size, unit.")]
    [InlineData("""{"size":1,"size":1}""", "part.size", "Given twice. Keep one \"size\".")]
    [InlineData("""{"size":null,"size":1}""", "part.size", "Given twice. Keep one \"size\".")]
    public void Open_NamesTheField_WhenItIsUnknownOrGivenTwice(string json, string path, string message)
    {
        var fields = JsonFields.Open(JsonElement.Parse(json), Part, _errors, "part");

        Assert.False(fields!.IsFine);
        Assert.Equal(message, Message(path));
    }

    [Fact]
    public void Open_ShowsTheBeginningOfALongName()
    {
        Open($$"""{"{{new string('x', 500)}}":1}""", "size");

        Assert.Equal(new string('x', 64) + "…", Assert.Single(_errors.ByField).Key);
    }

    [Theory]
    [InlineData("""{"dataset":"a"}""", "dataset", "a")]
    [InlineData("""{"entity":"a"}""", "entity", "a")]
    [InlineData("""{}""", "entity", null)]
    public void Given_TakesAFieldByEitherName(string json, string path, string? value)
    {
        var fields = JsonFields.Open(JsonElement.Parse(json), Earlier, _errors)!;

        Assert.True(fields.IsFine);
        Assert.Equal((path, value), (fields.PathOf("dataset"), fields.Given("dataset")?.GetString()));
    }

    [Fact]
    public void Open_TakesOneOfTwoNames_AndListsThePreferredOnes()
    {
        JsonFields.Open(JsonElement.Parse("""{"dataset":"a","entity":"b","nothing":1}"""), Earlier, _errors);

        Assert.Equal("Given twice. Keep one \"entity\".", Message("entity"));
        Assert.Equal("Unknown field. The fields are entity, limit.", Message("nothing"));
    }

    [Theory]
    [InlineData("""{}""", "Required. Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":null}""", "Required. Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":7}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":""}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":" "}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":"abcdef"}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":"a\nb"}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":"\ud800"}""", "Must be a text of 1 to 5 characters without control characters, such as \"abc\".")]
    [InlineData("""{"a":"abcde"}""", null)]
    public void RequiredText_SaysWhatIsRight(string json, string? message)
    {
        Assert.Equal(message is null ? "abcde" : "", Open(json, "a").RequiredText("a", 5, "abc"));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", true, null)]
    [InlineData("""{"a":null}""", true, null)]
    [InlineData("""{"a":false}""", false, null)]
    [InlineData("""{"a":true}""", true, null)]
    [InlineData("""{"a":"true"}""", true, "Must be true or false, such as true.")]
    [InlineData("""{"a":1}""", true, "Must be true or false, such as true.")]
    public void Flag_SaysWhatIsRight(string json, bool value, string? message)
    {
        Assert.Equal(value, Open(json, "a").Flag("a", otherwise: true));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":null}""", null, null)]
    [InlineData("""{"a":1}""", 1, null)]
    [InlineData("""{"a":9}""", 9, null)]
    [InlineData("""{"a":0}""", null, "Must be a whole number from 1 to 9, such as 3.")]
    [InlineData("""{"a":10}""", null, "Must be a whole number from 1 to 9, such as 3.")]
    [InlineData("""{"a":1.5}""", null, "Must be a whole number from 1 to 9, such as 3.")]
    [InlineData("""{"a":1e99}""", null, "Must be a whole number from 1 to 9, such as 3.")]
    [InlineData("""{"a":"3"}""", null, "Must be a whole number from 1 to 9, such as 3.")]
    public void WholeNumber_SaysWhatIsRight(string json, int? value, string? message)
    {
        Assert.Equal(value, Open(json, "a").WholeNumber("a", 1, 9, "3"));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":0}""", 0L, null)]
    [InlineData("""{"a":9223372036854775807}""", long.MaxValue, null)]
    [InlineData("""{"a":9223372036854775808}""", null, "Must be a whole number, 0 or more, such as 100.")]
    [InlineData("""{"a":-1}""", null, "Must be a whole number, 0 or more, such as 100.")]
    [InlineData("""{"a":true}""", null, "Must be a whole number, 0 or more, such as 100.")]
    public void Count_SaysWhatIsRight(string json, long? value, string? message)
    {
        Assert.Equal(value, Open(json, "a").Count("a", "100"));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", 0, "Required. Must be a share, such as 0.2.")]
    [InlineData("""{"a":0.2}""", 0.2, null)]
    [InlineData("""{"a":0}""", 0, "Must be a share, such as 0.2.")]
    [InlineData("""{"a":1.1}""", 0, "Must be a share, such as 0.2.")]
    [InlineData("""{"a":"0.2"}""", 0, "Must be a share, such as 0.2.")]
    public void RequiredNumber_SaysWhatIsRight(string json, double value, string? message)
    {
        Assert.Equal(value, Open(json, "a").RequiredNumber("a", 1, "Must be a share, such as 0.2."));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":"00:00:01"}""", "00:00:01", null)]
    [InlineData("""{"a":"2.00:00:00"}""", "2.00:00:00", null)]
    [InlineData("""{"a":"00:00:00"}""", null, "Must be a duration from 00:00:01 to 2.00:00:00, such as \"00:00:10\".")]
    [InlineData("""{"a":"2.00:00:01"}""", null, "Must be a duration from 00:00:01 to 2.00:00:00, such as \"00:00:10\".")]
    [InlineData("""{"a":"-00:00:10"}""", null, "Must be a duration from 00:00:01 to 2.00:00:00, such as \"00:00:10\".")]
    [InlineData("""{"a":10}""", null, "Must be a duration from 00:00:01 to 2.00:00:00, such as \"00:00:10\".")]
    public void Duration_SaysWhatIsRight(string json, string? value, string? message)
    {
        var duration = Open(json, "a").Duration("a", TimeSpan.FromSeconds(1), TimeSpan.FromDays(2), TimeSpan.FromSeconds(10));

        Assert.Equal(value, duration?.ToString("c"));
        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, "")]
    [InlineData("""{"a":"2027-01-01T00:00:00+02:00"}""", "2026-12-31T22:00:00Z", "")]
    [InlineData("""{"a":"2027-01-01T00:00"}""", null, "with its offset, such as")]
    [InlineData("""{"a":"2027-01-01"}""", null, "with its offset, such as")]
    [InlineData("""{"a":7}""", null, "with its offset, such as")]
    [InlineData("""{"a":"1999-12-31T23:59:59Z"}""", null, "in the years 2000 to 2399, such as")]
    [InlineData("""{"a":"2400-01-01T00:00:00Z"}""", null, "in the years 2000 to 2399, such as")]
    public void Instant_SaysWhatIsRight(string json, string? value, string message)
    {
        Assert.Equal(
            value, Open(json, "a").Instant("a")?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(message.Length == 0, _errors.IsEmpty);
        Assert.All(_errors.ByField, error => Assert.Contains(message, error.Value.Single(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":null}""", null, null)]
    [InlineData("""{"a":"pdf"}""", "pdf", null)]
    [InlineData("""{"a":7}""", null, "Must be one of csv, pdf, such as \"csv\".")]
    [InlineData("""{"a":"docx"}""", null, "Unknown name. Must be one of csv, pdf, such as \"csv\".")]
    [InlineData("""{"a":"pdff"}""", null, "Unknown name; did you mean \"pdf\"? Must be one of csv, pdf, such as \"pdf\".")]
    public void OneOf_SaysWhatIsRight(string json, string? value, string? message)
    {
        Assert.Equal(value, Open(json, "a").OneOf("a", ["csv", "pdf"]));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, "Required. Must be one of monday, tuesday, such as \"tuesday\".")]
    [InlineData("""{"a":"tuesday"}""", Day.Tuesday, null)]
    [InlineData(
        """{"a":"Tuesday"}""", null, "Unknown name; did you mean \"tuesday\"? Must be one of monday, tuesday, such as \"tuesday\".")]
    [InlineData("""{"a":1}""", null, "Must be one of monday, tuesday, such as \"monday\".")]
    public void RequiredOneOf_SaysWhatIsRight(string json, Day? value, string? message)
    {
        Assert.Equal(value, Open(json, "a").RequiredOneOf("a", day => EnumNames.Of<Day>()[(int)day], Day.Tuesday));

        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":[1]}""", "a[0]", null)]
    [InlineData("""{"a":[]}""", null, "Must be a list of one or more numbers, such as [1].")]
    [InlineData("""{"a":{}}""", null, "Must be a list of one or more numbers, such as [1].")]
    public void Items_SaysWhatIsRight(string json, string? path, string? message)
    {
        var items = Open(json, "a").Items("a", minItems: 1, FieldMessages.List("one or more numbers", "[1]"));

        Assert.Equal(path, items?.Single().Path);
        AssertSays(message);
    }

    [Theory]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"a":null}""", null, null)]
    [InlineData("""{"a":{"size":7}}""", 7, null)]
    [InlineData("""{"a":{"size":"7"}}""", null, "a.size")]
    [InlineData("""{"a":{"sizes":7}}""", null, "a.sizes")]
    [InlineData("""{"a":7}""", null, "a")]
    public void Object_ReadsWithTheFieldsPath(string json, int? size, string? path)
    {
        Assert.Equal(size, Open(json, "a").Object("a", Part)?.WholeNumber("size", 1, 9, "3"));

        Assert.Equal(path is null ? [] : [path], _errors.ByField.Keys);
    }

    [Fact]
    public void AreRight_TellsOfTheFieldsThatAreAskedFor()
    {
        var fields = Open("""{"a":"x","b":1}""", "a", "b");
        fields.Flag("a");

        Assert.False(fields.AreRight(["a", "b"]));
        Assert.True(fields.AreRight(["b"]));
        Assert.False(fields.IsFine);
    }

    [Theory]
    [InlineData(true, "Must be true or false, such as true.")]
    [InlineData(false, null)]
    public void Null_IsAsIfMissing_UnlessTheShapeSaysOtherwise(bool isValue, string? message)
    {
        var shape = new JsonShape(["a"], "{}") { NullIsValue = isValue };

        JsonFields.Open(JsonElement.Parse("""{"a":null}"""), shape, _errors)!.Flag("a");

        AssertSays(message);
    }

    private static JsonShape Earlier { get; } =
        new(["dataset", "limit"], "{}") { Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["dataset"] = "entity" } };

    private JsonFields Open(string json, params string[] names) => GivenFields.Open(json, _errors, names)!;

    private string Message(string path) => Assert.Single(_errors.ByField[path]);

    private void AssertSays(string? message)
    {
        if (message is null)
            Assert.True(_errors.IsEmpty);
        else
            Assert.Equal(message, Message("a"));
    }

    public enum Day
    {
        Monday,
        Tuesday,
    }
}
