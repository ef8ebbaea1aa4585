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
        var body = """{"dataset":"d","filter":{"column":"c","op":"eq","value":"@"}}""".Replace("@", string.Concat(Enumerable.Repeat(text, 1000)), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);

        var fields = GivenFields.Open(body, new FieldErrors(), "dataset", "filter")!;

        var stored = StoredRequest.Write(fields, "d", "csv", fileName: null);

        Assert.InRange(Encoding.UTF8.GetByteCount(stored), 0, Encoding.UTF8.GetByteCount(body) + 20);
        using var again = JsonDocument.Parse(stored);
        Assert.True(JsonElement.DeepEquals(document.RootElement.GetProperty("filter"), again.RootElement.GetProperty("filter")));
    }
}
