using System.Text.Json;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports.Files;

public sealed class ExportManifestTests
{
    private const string Request =
        """{"dataset":"numbers","filter":{"column":"n","op":"le","value":1.50},"notify":["head@example.org","Ä@example.org"],"attachFile":true,"snapshot":true}""";

    [Fact]
    public void Of_HasTheRequestWithoutAddresses_AndItCanBeSentAgain()
    {
        var manifest = Of(Request);

        Assert.DoesNotContain("example.org", new BinaryData(manifest.ToJson()).ToString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"dataset":"numbers","filter":{"column":"n","op":"le","value":1.50},"snapshot":true}""", manifest.Request.GetRawText());
        var errors = new FieldErrors();
        var again = Of("""{"dataset":"numbers","limit":3,"notify":["head@example.org"],"attachFile":true}""").Request;
        Assert.NotNull(ExportsWorld.Reader().Read(again, formatParameter: null, RequestNames.Standard, errors));
        Assert.True(errors.IsEmpty);
    }

    [Fact]
    public void WithoutAddresses_ChangesNothingElse()
    {
        var manifest = Of(Request);
        var clean = manifest.ToJson();
        var old = new BinaryData((manifest with { Request = JsonElement.Parse(Request) }).ToJson());

        Assert.Contains("example.org", old.ToString(), StringComparison.Ordinal);
        Assert.Equal(clean, ExportManifest.WithoutAddresses(old).ToArray());
        Assert.Equal(clean, ExportManifest.WithoutAddresses(new BinaryData(clean)).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no manifest")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":1,\"request\":3}")]
    public void WithoutAddresses_IsTheSame_WhenItIsNoManifest(string text) =>
        Assert.Equal(text, ExportManifest.WithoutAddresses(new BinaryData(text)).ToString());

    private static ExportManifest Of(string request)
    {
        var at = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var job = new ExportJob
        {
            Id = Guid.CreateVersion7(at),
            Status = ExportStatus.Running,
            Dataset = "numbers",
            Format = "csv",
            FileName = "numbers.csv",
            RequestJson = request,
            CreatedAt = at,
            EnqueuedAt = at,
        };
        return ExportManifest.Of(job, new PublishedFile(3, 10, "ab", "text/csv", "schema", []), "part");
    }
}
