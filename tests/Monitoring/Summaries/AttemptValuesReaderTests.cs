using System.Text;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Tests.Monitoring.Summaries;

public sealed class AttemptValuesReaderTests
{
    [Theory]
    [InlineData("students", null)]
    [InlineData("φοιτητές \"2026\"", "source_unavailable")]
    public void Read_TakesWhatTheRecordSays(string dataset, string? code)
    {
        var reader = new AttemptValuesReader();
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            var record = MetricsWorld.Attempt(
                MetricsWorld.Today,
                record => record with { Dataset = dataset, Outcome = outcome, ErrorCode = code, QueueWaitSeconds = 0.25, Attempt = 3 });

            Assert.True(reader.TryRead(JsonSerializer.SerializeToUtf8Bytes(record, MonitoringJson.Default.AttemptRecord), out var values));

            Assert.Equal(
                (record.Dataset, record.Format, record.Outcome, record.ErrorCode),
                (values.Dataset, values.Format, values.Outcome, values.ErrorCode));
            Assert.Equal((record.Attempt, record.Rows, record.Bytes), (values.Attempt, values.Rows, values.Bytes));
            Assert.Equal(
                (record.QueueWaitSeconds, record.DurationSeconds, record.RowsPerSecond),
                (values.QueueWaitSeconds, values.DurationSeconds, values.RowsPerSecond));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":1")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"dataset\":\"a\",\"format\":\"b\",\"outcome\":\"failed\"}")]
    [InlineData("{\"version\":1,\"dataset\":\"a\",\"format\":\"b\",\"outcome\":\"postponed\"}")]
    [InlineData("{\"version\":1,\"dataset\":\"a\",\"format\":\"b\",\"outcome\":\"failed\",\"rows\":\"many\"}")]
    public void Read_LeavesOut_WhatIsNoRecordOfThisVersion(string line) =>
        Assert.False(new AttemptValuesReader().TryRead(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void Read_PassesOver_FieldsThatWereAddedLater()
    {
        var line = """{"version":1,"new":{"a":[1,2]},"dataset":"a","format":"b","outcome":"failed","rows":7}"""u8;

        Assert.True(new AttemptValuesReader().TryRead(line, out var values));

        Assert.Equal(7, values.Rows);
    }
}
