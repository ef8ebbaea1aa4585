using CsCheck;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats;

public sealed class ZoneClockTests
{
    [Theory]
    [InlineData("Europe/Athens")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Pacific/Apia")]
    [InlineData("UTC")]
    public void Show_AgreesWithTheZone_AtAnyInstant(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var clock = new ZoneClock(zone);

        // Few days, so that remembered ones are met again, and every day of three years around its transitions.
        Gen.Int[0, 3 * 365 * 24 * 4].Sample(
            quarter =>
            {
                var utc = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(15 * quarter);
                var shown = clock.Show(utc, out var offset);
                return offset == zone.GetUtcOffset(utc) && shown == utc + offset;
            },
            iter: 20_000,
            threads: 1);
    }

    [Fact]
    public void Show_StaysInUtc_WhereTheZoneLeavesTheCalendar()
    {
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

        var shown = clock.Show(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), out var offset);

        Assert.Equal(DateTime.MinValue, shown);
        Assert.Equal(TimeSpan.Zero, offset);
    }
}
