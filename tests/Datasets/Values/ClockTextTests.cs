using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExportFunctions.Datasets.Values;

namespace ExportFunctions.Tests.Datasets.Values;

public sealed class ClockTextTests
{
    private const string Mutations = "0123456789-:.TZ +/;a\0é";

    [Exhaustive]
    [Fact]
    public void TryReadDate_ReadsEveryDay_FromTheFirstToTheLast()
    {
        var last = DateOnly.MaxValue.DayNumber;

        for (var day = 0; day <= last; day++)
        {
            var date = DateOnly.FromDayNumber(day);

            Assert.True(ClockText.TryReadDate(
                Encoding.ASCII.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                out var read) && read == date, $"{date:O}");
        }
    }

    [Fact]
    public void TryReadDate_AgreesWithTheFramework_WhenCharactersAreChanged()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Mutate(
                random,
                DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

            var read = ClockText.TryReadDate(Encoding.UTF8.GetBytes(text), out var date);

            // Longer texts may have midnight behind the date.
            var expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var other);
            Assert.True((expected, other) == (read, date), text);
        }
    }

    [Exhaustive]
    [Fact]
    public void TryReadTimestamp_AgreesWithTheFramework_WhenCharactersAreChanged()
    {
        string[] times = ["", "HH:mm", "HH:mm:ss", .. Enumerable.Range(1, 7).Select(digits => "HH:mm:ss." + new string('f', digits))];
        string[] formats =
        [
            "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm",
            .. from separator in new[] { "'T'", "' '" } from time in times.Skip(1) from zone in new[] { "", "'Z'", "' Z'", "zzz", "zz" }
               select $"yyyy-MM-dd{separator}{time}{zone}",
        ];
        var random = new Random(4);
        for (var i = 0; i < 200_000; i++)
        {
            var instant = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            var local =
                new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Unspecified), TimeSpan.FromMinutes(random.Next(-720, 720)));
            var text = Mutate(random, local.ToString(formats[random.Next(formats.Length)], CultureInfo.InvariantCulture));

            var read = ClockText.TryReadTimestamp(Encoding.UTF8.GetBytes(text), out var time, out var isTruncated);

            // The framework takes an offset of one digit, which is no ISO 8601. It knows no offset above fourteen hours, none of four
            // digits, and no eighth digit of a fraction.
            var expected =
                DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other);
            if (expected && !Regex.IsMatch(text, "[+-][0-9](:|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture))
                Assert.True(read && !isTruncated && other.UtcTicks == time.Ticks, text);
            else if (read)
                Assert.Matches("( ?[+-](14|15|16|17|18|[0-9]{4}|[0-9]:?[0-9]{2})| [+-][0-9]{2}|[.][0-9]{8}|t|z)", text);
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 0)]
    [InlineData("9999-12-31T23:59:59.9999999Z", 3155378975999999999)]
    [InlineData("2024-02-29 12:30:45.5", 638448066455000000)]
    public void TryReadTimestamp_ReadsTheExtremes_AsUtc(string text, long ticks)
    {
        var read = ClockText.TryReadTimestamp(Encoding.ASCII.GetBytes(text), out var time, out _);

        Assert.Equal((true, ticks, DateTimeKind.Utc), (read, time.Ticks, time.Kind));
    }

    [Theory]
    [InlineData("2024-01-05", true)]
    [InlineData("2024-01-05 00:00:00", true)]
    [InlineData("2024-01-05T00:00", true)]
    [InlineData("2024-01-05T00:00:00.000Z", true)]
    [InlineData("2024-01-05 00:00:00+02:00", true)]
    [InlineData("2024-01-05 00:00:01", false)]
    [InlineData("2024-01-05 00:00:00.00000001", false)]
    [InlineData("2024-1-5", false)]
    [InlineData("05/01/2024", false)]
    public void TryReadDate_TakesMidnightAlone_BehindTheDate(string text, bool expected)
    {
        var read = ClockText.TryReadDate(Encoding.ASCII.GetBytes(text), out var date);

        Assert.Equal((expected, expected ? new DateOnly(2024, 1, 5) : default), (read, date));
    }

    [Theory]
    [InlineData("2024-01-05T10:20:30+02:00", "2024-01-05T08:20:30.0000000Z", false)]
    [InlineData("2024-01-05 10:20:30 +0530", "2024-01-05T04:50:30.0000000Z", false)]
    [InlineData("2024-01-05 10:20:30-03", "2024-01-05T13:20:30.0000000Z", false)]
    [InlineData("2024-01-05 10:20", "2024-01-05T10:20:00.0000000Z", false)]
    [InlineData("2024-01-05", "2024-01-05T00:00:00.0000000Z", false)]
    [InlineData("2024-01-05T10:20:30.123456789Z", "2024-01-05T10:20:30.1234567Z", true)]
    [InlineData("2024-01-05T10:20:30.123456700Z", "2024-01-05T10:20:30.1234567Z", false)]
    public void TryReadTimestamp_ReadsWhatIsUnambiguous_ToTheTick(string text, string expected, bool expectedTruncated)
    {
        var read = ClockText.TryReadTimestamp(Encoding.ASCII.GetBytes(text), out var time, out var isTruncated);

        Assert.Equal((true, expected, expectedTruncated), (read, time.ToString("O", CultureInfo.InvariantCulture), isTruncated));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+02:00")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("2024-01-05T24:00:00Z")]
    [InlineData("2024-01-05T10:20:60Z")]
    [InlineData("2024-01-05T10")]
    [InlineData("2024-01-05T10:20:30.")]
    [InlineData("2024-01-05T10:20:30+19:00")]
    [InlineData("2024-01-05T10:20:30 EET")]
    [InlineData("2024-01-05x10:20:30")]
    public void TryReadTimestamp_IsFalse_ForWhatIsNoTime(string text) =>
        Assert.False(ClockText.TryReadTimestamp(Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("2024-01-05T23:59:59.9999999Z", 638400959999999999)]
    [InlineData("2024-01-05 10:20:30+02:00", 638400468300000000)]
    public void TryReadLocalTimestamp_LeavesTheOffsetOut_AndShiftsNothing(string text, long ticks)
    {
        var read = ClockText.TryReadLocalTimestamp(Encoding.ASCII.GetBytes(text), out var time, out _);

        Assert.Equal((true, ticks, DateTimeKind.Unspecified), (read, time.Ticks, time.Kind));
    }

    [Theory]
    [InlineData("08:15", "08:15:00.0000000")]
    [InlineData("23:59:59.9999999", "23:59:59.9999999")]
    [InlineData("08:15:30.5", "08:15:30.5000000")]
    [InlineData("24:00", null)]
    [InlineData("8:15", null)]
    [InlineData("08:15:30+02:00", null)]
    public void TryReadTime_ReadsTimesOfDay(string text, string? expected)
    {
        var read = ClockText.TryReadTime(Encoding.ASCII.GetBytes(text), out var time, out _);

        Assert.Equal(expected, read ? time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture) : null);
    }

    // Half of the texts stay as they are; the others get characters changed, added or taken away.
    private static string Mutate(Random random, string text)
    {
        var characters = text.ToList();
        for (var changes = random.Next(4) - 1; changes > 0 && characters.Count > 0; changes--)
        {
            var at = random.Next(characters.Count);
            var character = Mutations[random.Next(Mutations.Length)];
            switch (random.Next(8))
            {
                case 0:
                    characters.Insert(at, character);
                    break;
                case 1:
                    characters.RemoveAt(at);
                    break;
                default:
                    characters[at] = character;
                    break;
            }
        }

        return string.Concat(characters);
    }
}
