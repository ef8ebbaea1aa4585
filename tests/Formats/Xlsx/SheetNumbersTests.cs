using System.Globalization;
using System.Text;
using ExportFunctions.Formats.Numbers;
using ExportFunctions.Formats.Xlsx;

namespace ExportFunctions.Tests.Formats.Xlsx;

public sealed class SheetNumbersTests
{
    [Fact]
    public void EightDigits_AreThoseOfTheNumber()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var value = i < 100_000 ? (uint)i * 1000 : (uint)random.Next(100_000_000);

            var digits = BitConverter.GetBytes(EightDigits.Of(value) | EightDigits.Zeros);

            Assert.Equal(value.ToString("D8", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(digits));
        }
    }

    [Fact]
    public void Write_GivesWhatTheInvariantCultureGives_ForIntegers()
    {
        var random = new Random(2);
        long[] edges = [0, 1, 9, 10, 99_999_999, 100_000_000, 999_999_999_999_999, -1, -99_999_999, -100_000_000, -999_999_999_999_999];
        foreach (var value in edges.Concat(
            Enumerable.Range(0, 100_000).Select(_ => random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000) >> random.Next(50))))
        {
            var room = new byte[SheetNumbers.MaxLength];

            var written = SheetNumbers.Write(value, ref room[0]);

            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(room, 0, written));
        }
    }

    [Fact]
    public void Write_GivesADecimalsDigits_WithoutZerosBehind()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var value =
                new decimal(random.Next(), random.Next(3) == 0 ? random.Next(1 << 17) : 0, 0, random.Next(2) == 0, (byte)random.Next(16));
            value = random.Next(3) == 0 ? value * 1000 : value;
            int? scale = random.Next(2) == 0 ? random.Next(9) : null;
            var room = new byte[SheetNumbers.MaxLength];

            var written = SheetNumbers.Write(value, scale, ref room[0], out var rounded);

            if (written > 0)
                Assert.Equal(Plain(rounded), Encoding.ASCII.GetString(room, 0, written));
        }
    }

    private static string Plain(decimal value) =>
        value == 0 ? "0" : value.ToString("0.############################", CultureInfo.InvariantCulture);
}
