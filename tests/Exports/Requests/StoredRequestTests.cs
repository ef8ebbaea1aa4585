using System.Text;
using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class StoredRequestTests
{
    [Theory]
    [InlineData("<&'+>")]
    [InlineData("Ελληνικά")]
    public void Write_KeepsTheSizeOfWhatWasAskedFor(string text)
    {
        var body = """{"dataset":"d","filter":{"column":"c","op":"eq","value":"@"}}""".Replace(
            "@", string.Concat(Enumerable.Repeat(text, 1000)), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);

        var fields = GivenFields.Open(body, new FieldErrors(), "dataset", "filter")!;

        var stored = StoredRequest.Write(fields, "d", "csv", fileName: null);

        Assert.InRange(Encoding.UTF8.GetByteCount(stored), 0, Encoding.UTF8.GetByteCount(body) + 20);
        using var again = JsonDocument.Parse(stored);
        Assert.True(JsonElement.DeepEquals(document.RootElement.GetProperty("filter"), again.RootElement.GetProperty("filter")));
    }

    [Fact]
    public void Parse_GivesThePartsThatWereAsked()
    {
        var request = StoredRequest.Parse("""
            {"dataset":"d","format":"csv","fileName":"a.csv","columns":["id","name"],"limit":7,
             "notify":["a@example.org"],"attachFile":true,"snapshot":true}
            """);

        Assert.Equal(("a.csv", true, true), (request.FileName, request.AttachFile, request.IsSnapshot));
        Assert.Equal(["id", "name"], request.Columns);
        Assert.Equal(["a@example.org"], request.Notify);
        Assert.Equal(7, request.Given("limit")?.GetInt32());
        Assert.Null(request.Given("filter"));
    }

    [Fact]
    public void Parse_GivesTheDefaults_WhenLittleWasAsked()
    {
        var request = StoredRequest.Parse("""{"dataset":"d","format":"csv"}""");

        Assert.Equal((null, false, false), (request.FileName, request.AttachFile, request.IsSnapshot));
        Assert.Null(request.Columns);
        Assert.Empty(request.Notify);
    }

    [Fact]
    public void Parse_ReadsWhatALaterVersionWrote() =>
        Assert.Equal("a.csv", StoredRequest.Parse("""{"dataset":"d","later":{"a":[1]},"fileName":"a.csv"}""").FileName);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Parse_Throws_WhenItIsNoRequest(string json)
    {
        Assert.False(StoredRequest.IsReadable(json));
        Assert.ThrowsAny<JsonException>(() => StoredRequest.Parse(json));
    }

    [Fact]
    public void WithoutReceivers_LeavesAllElseAsItWasWritten() => Assert.Equal(
        """{"dataset":"d","filter":{"column":"c","op":"eq","value":"Ελληνικά <&>"},"limit":1.0}""",
        StoredRequest.Parse(
            """
            {"dataset":"d","notify":["a@example.org"],
             "filter":{"column":"c","op":"eq","value":"Ελληνικά <&>"},"attachFile":true,"limit":1.0}
            """)
            .WithoutReceivers().GetRawText());
}
