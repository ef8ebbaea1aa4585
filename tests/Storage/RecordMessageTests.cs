using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Storage;

/// <summary>Messages that are on their way while hosts are updated are read by both versions: what they look like stays.</summary>
public sealed class RecordMessageTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly Guid Id = Guid.Parse("019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21");
    private static readonly DateTimeOffset Resent = new(2026, 11, 28, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The texts that versions before the common envelope wrote.</summary>
    public static TheoryData<string, RecordMessage> Former { get; } = new()
    {
        { $$"""{"jobId":"{{Id}}","version":1}""", new ExportMessage(Id) },
        { $$"""{"jobId":"{{Id}}","version":1,"passed":3}""", new ExportMessage(Id) { Passed = 3 } },
        {
            $$"""{"jobId":"{{Id}}","version":1,"passed":1,"traceparent":"{{Trace}}"}""",
            new ExportMessage(Id) { Passed = 1, Traceparent = Trace }
        },
        { $$"""{"jobId":"{{Id}}","cut":"ab12","number":7,"version":1}""", new SliceMessage(Id, "ab12", 7) },
        { $$"""{"jobId":"{{Id}}","cut":"ab12","number":0,"version":1,"passed":2}""", new SliceMessage(Id, "ab12", 0) { Passed = 2 } },
        { $$"""{"work":"Cleanup","id":"{{Id}}","version":1}""", new MaintenanceMessage(MaintenanceWork.Cleanup, Id) },
        { $$"""{"work":"Restore","id":"{{Id}}","version":1}""", new MaintenanceMessage(MaintenanceWork.Restore, Id) },
        { $$"""{"deliveryId":"{{Id}}","version":1}""", new DeliveryMessage(Id) },
        { $$"""{"deliveryId":"{{Id}}","version":1,"attempts":2,"resentAt":"2026-11-28T10:00:00+00:00"}""", new DeliveryMessage(
            Id, 2, Resent) },
    };

    [Theory]
    [MemberData(nameof(Former))]
    public void TryParse_ReadsWhatFormerVersionsWrote(string json, RecordMessage message)
    {
        Assert.Equal(message, Read(message, json));
        Assert.Equal(Id, message.RecordId);
    }

    [Theory]
    [MemberData(nameof(Former))]
    public void ToBinaryData_WritesWhatFormerVersionsRead(string json, RecordMessage message) =>
        Assert.True(
            System.Text.Json.Nodes.JsonNode.DeepEquals(
                System.Text.Json.Nodes.JsonNode.Parse(json), System.Text.Json.Nodes.JsonNode.Parse(message.ToBinaryData().ToString())),
            message.ToBinaryData().ToString());

    [Theory]
    [MemberData(nameof(Former))]
    public void TryParse_LeavesOutWhatALaterVersionAdds(string json, RecordMessage message) =>
        Assert.Equal(message, Read(message, json.Insert(1, "\"later\":{\"a\":[1]},")));

    [Theory]
    [MemberData(nameof(Former))]
    public void TryParse_GivesNothing_WhenTheLayoutIsAnother(string json, RecordMessage message)
    {
        Assert.Null(Read(message, json.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)));
        Assert.Null(Read(message, json.Replace(Id.ToString(), Guid.Empty.ToString(), StringComparison.Ordinal)));
        Assert.Null(Read(message, json[..^1]));
        Assert.Null(Read(message, "null"));
        Assert.Null(Read(message, "[]"));
        Assert.Null(Read(message, "{}"));
        Assert.Null(Read(message, ""));
    }

    [Theory]
    [InlineData("""{"jobId":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","cut":"","number":7,"version":1}""")]
    [InlineData("""{"jobId":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","number":7,"version":1}""")]
    [InlineData("""{"jobId":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","cut":"ab12","number":-1,"version":1}""")]
    public void TryParse_GivesNothing_WhenASliceIsNotNamed(string json) => Assert.Null(SliceMessage.TryParse(BinaryData.FromString(json)));

    [Theory]
    [InlineData("""{"work":"Later","id":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","version":1}""")]
    [InlineData("""{"work":9,"id":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","version":1}""")]
    public void TryParse_GivesNothing_WhenTheWorkIsUnknown(string json) =>
        Assert.Null(MaintenanceMessage.TryParse(BinaryData.FromString(json)));

    private static RecordMessage? Read(RecordMessage kind, string json)
    {
        var body = BinaryData.FromString(json);
        return kind switch
        {
            ExportMessage => ExportMessage.TryParse(body),
            SliceMessage => SliceMessage.TryParse(body),
            MaintenanceMessage => MaintenanceMessage.TryParse(body),
            _ => DeliveryMessage.TryParse(body),
        };
    }
}
