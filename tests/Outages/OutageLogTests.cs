using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Outages;

public sealed class OutageLogTests
{
    private const string Refused = "the connection is refused";

    private readonly FakeTimeProvider _time = new();
    private readonly LogLines<OutageLog> _log = new();
    private readonly OutageLog _outages;

    public OutageLogTests() => _outages = new OutageLog(_time, _log);

    [Fact]
    public void Outage_IsSaidOnceThenEachHalfMinute_AndItsEndWithHowLongItWas()
    {
        for (var tenths = 0; tenths < 720; tenths++)
        {
            _outages.Failed(OutsidePart.Storage, "school.blob.core.windows.net", Refused);
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        _outages.Answered(OutsidePart.Storage, "school.blob.core.windows.net");
        _outages.Answered(OutsidePart.Storage, "school.blob.core.windows.net");

        Assert.Equal(
            [
                "Storage can't be reached at school.blob.core.windows.net: the connection is refused. Trying again.",
                "Storage can't be reached at school.blob.core.windows.net, for 31 s now: the connection is refused. Trying again.",
                "Storage can't be reached at school.blob.core.windows.net, for 1 min 1 s now: the connection is refused. Trying again.",
                "Storage answers again after 1 min 12 s.",
            ],
            _log.Texts);
        Assert.All(_log.Levels, level => Assert.Equal(LogLevel.Warning, level));
    }

    [Fact]
    public void Storage_IsNoOutage_WhenItsClientsNextTryIsAnswered()
    {
        for (var i = 0; i < 5; i++)
        {
            _outages.Failed(OutsidePart.Storage, "school.blob.core.windows.net", Refused);
            _time.Advance(TimeSpan.FromSeconds(0.8));
            _outages.Answered(OutsidePart.Storage, "school.blob.core.windows.net");
        }

        Assert.Empty(_log.Texts);
    }

    [Fact]
    public void Storage_IsBackOnceAllItsServicesAre()
    {
        foreach (var second in new[] { 0, 1 })
        {
            _time.Advance(TimeSpan.FromSeconds(second));
            _outages.Failed(OutsidePart.Storage, "school.blob.core.windows.net", Refused);
            _outages.Failed(OutsidePart.Storage, "school.table.core.windows.net", Refused);
        }

        _outages.Answered(OutsidePart.Storage, "school.queue.core.windows.net");
        _outages.Answered(OutsidePart.Storage, "school.table.core.windows.net");
        var whileOneIsAway = _log.Texts;
        _outages.Answered(OutsidePart.Storage, "school.blob.core.windows.net");

        Assert.Equal(
            ["Storage can't be reached at school.blob.core.windows.net: the connection is refused. Trying again."], whileOneIsAway);
        Assert.Equal("Storage answers again after 1 s.", _log.Texts[^1]);
    }

    [Fact]
    public void Failure_OfLongAgo_IsNoBegin()
    {
        _outages.Failed(OutsidePart.Storage, "school.blob.core.windows.net", Refused);
        _time.Advance(TimeSpan.FromHours(1));
        _outages.Failed(OutsidePart.Storage, "school.blob.core.windows.net", Refused);

        Assert.Empty(_log.Texts);
    }

    [Fact]
    public void Sources_AreEachSaidForItself()
    {
        _outages.Failed(OutsidePart.Source, "registry", Refused);
        _outages.Failed(OutsidePart.Source, "library", Refused);
        _outages.Failed(OutsidePart.Source, "registry", Refused);
        _outages.Answered(OutsidePart.Source, "library");

        Assert.Equal(
            [
                "The source 'registry' can't be reached: the connection is refused. Trying again.",
                "The source 'library' can't be reached: the connection is refused. Trying again.",
                "The source 'library' answers again after 0 s.",
            ],
            _log.Texts);
        Assert.True(_outages.IsAway(OutsidePart.Source));
        Assert.False(_outages.IsAway(OutsidePart.Storage));
    }

    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(72, "1 min 12 s")]
    [InlineData(7380, "2 h 3 min")]
    public void Duration_IsInWords(double seconds, string expected) =>
        Assert.Equal(expected, OutageLog.Text(TimeSpan.FromSeconds(seconds)));
}
