using System.Diagnostics;
using ExportFunctions.Exports.Queue;

namespace ExportFunctions.Tests.Exports.Queue;

public sealed class ExportActivitiesTests
{
    [Fact]
    public void Processing_GoesOnWithTheTraceOfTheMessage()
    {
        using var listener = Activities();
        var message = new ExportMessage(Guid.CreateVersion7());
        using var sending = ExportActivities.StartSending(message)!;
        var sent = ExportMessage.TryParse((message with { Traceparent = sending.Id }).ToBinaryData())!;
        sending.Stop();

        using var processing = ExportActivities.StartProcessing(sent)!;

        Assert.Equal((sending.TraceId, sending.SpanId), (processing.TraceId, processing.ParentSpanId));
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (sending.Kind, processing.Kind));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void Processing_BeginsATrace_WhenTheMessageHasNone(string? traceparent)
    {
        using var listener = Activities();

        using var processing = ExportActivities.StartProcessing(new ExportMessage(Guid.CreateVersion7()) { Traceparent = traceparent })!;

        Assert.Equal(default, processing.ParentSpanId);
        Assert.NotEqual(default, processing.TraceId);
    }

    [Fact]
    public void Message_IsReadAsBefore_WithAndWithoutATrace()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(new ExportMessage(id), ExportMessage.TryParse(BinaryData.FromString($$"""{"jobId":"{{id}}","version":1}""")));
        Assert.Equal($$"""{"jobId":"{{id}}","version":1}""", new ExportMessage(id).ToBinaryData().ToString());
    }

    private static ActivityListener Activities()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ExportActivities.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
