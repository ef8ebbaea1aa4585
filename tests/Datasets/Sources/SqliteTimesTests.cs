using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed class SqliteTimesTests
{
    private const string Mutations = "0123456789-:.TZ +/;a\0é";

    [Fact]
    public void TryReadDate_ReadsEveryDay_FromTheFirstToTheLast()
    {
        var last = DateOnly.MaxValue.DayNumber;

        for (var day = 0; day <= last; day++)
        {
            var date = DateOnly.FromDayNumber(day);

            Assert.True(SqliteTimes.TryReadDate(Encoding.ASCII.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), out var read) && read == date, $"{date:O}");
        }
    }

    [Fact]
    public void TryReadDate_AgreesWithTheFramework_WhenCharactersAreChanged()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Mutate(random, DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

            var read = SqliteTimes.TryReadDate(Encoding.UTF8.GetBytes(text), out var date);

            var expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var other);
            Assert.True((expected, other) == (read, date), text);
        }
    }

    [Fact]
    public void TryReadTimestamp_AgreesWithTheFramework_WhenCharactersAreChanged()
    {
        string[] formats = [.. from separator in new[] { "'T'", "' '" } from fraction in (string[])["", ".f", ".ff", ".fff", ".ffff", ".fffff", ".ffffff", ".fffffff"] from zone in new[] { "", "'Z'" } select $"yyyy-MM-dd{separator}HH:mm:ss{fraction}{zone}"];
        var random = new Random(4);
        for (var i = 0; i < 200_000; i++)
        {
            var instant = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            var text = Mutate(random, instant.ToString(formats[random.Next(formats.Length)], CultureInfo.InvariantCulture));

            var read = SqliteTimes.TryReadTimestamp(Encoding.UTF8.GetBytes(text), out var time);

            var expected = DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var other);
            Assert.True((expected, other.Ticks) == (read, time.Ticks), text);
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 0)]
    [InlineData("9999-12-31T23:59:59.9999999Z", 3155378975999999999)]
    [InlineData("2024-02-29 12:30:45.5", 638448066455000000)]
    public void TryReadTimestamp_ReadsTheExtremes_AsUtc(string text, long ticks)
    {
        var read = SqliteTimes.TryReadTimestamp(Encoding.ASCII.GetBytes(text), out var time);

        Assert.Equal((true, ticks, DateTimeKind.Utc), (read, time.Ticks, time.Kind));
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
