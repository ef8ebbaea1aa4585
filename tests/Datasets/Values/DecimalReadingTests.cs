using System.Globalization;
using System.Numerics;
using System.Text;
using ExportFunctions.Datasets.Values;

namespace ExportFunctions.Tests.Datasets.Values;

public sealed class DecimalReadingTests
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const string Characters = "00123456789.-+eE ,x";

    [Fact]
    public void Read_AgreesWithTheFramework_ForAnyText()
    {
        var random = new Random(5);
        for (var i = 0; i < 300_000; i++)
        {
            var text = random.Next(3) == 0
                ? new string(random.GetItems<char>(Characters, random.Next(8)))
                : Number(random).ToString(CultureInfo.InvariantCulture);

            AssertReadsAsTheFramework(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("-.")]
    [InlineData("+")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData("1e")]
    [InlineData("e3")]
    [InlineData("1.50e-3")]
    [InlineData("999999999999999999")]
    [InlineData("-99999999999999999.9")]
    [InlineData("0.99999999999999999")]
    [InlineData("9999999999999999999999999999")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("٣")]
    public void Read_AgreesWithTheFramework_AtTheEdges(string text) => AssertReadsAsTheFramework(text);

    [Fact]
    public void Read_RoundsHalfAwayFromZero_AndSaysWhenDigitsWereLost()
    {
        var random = new Random(6);
        for (var i = 0; i < 200_000; i++)
        {
            var (number, scale) = (Number(random), random.Next(13));

            var reading = DecimalReading.Read(
                Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), scale, minScale: 0, out var read);

            if (reading == NumberReading.TooLong)
                continue;

            var expected = decimal.Round(number, scale, MidpointRounding.AwayFromZero);
            Assert.True(
                read == expected && (reading == NumberReading.Rounded) == (expected != number), $"{number} at {scale}: {read}, {reading}");
        }
    }

    [Theory]
    [InlineData("12.345", 2, "12.35")]
    [InlineData("-12.345", 2, "-12.35")]
    [InlineData("0.5", 0, "1")]
    [InlineData("0.49999999999999999999999999999999999999", 0, "0")]
    [InlineData("-0.004", 2, "0.00")]
    [InlineData("999.999", 2, "1000.00")]
    [InlineData("0.33333333333333333333333333333333333333333333", 4, "0.3333")]
    [InlineData("1e-300", 2, "0.00")]
    public void Read_TakesDigitsOfAnyNumber_WhenTheScaleCutsThem(string text, int scale, string expected)
    {
        var reading = DecimalReading.Read(Encoding.ASCII.GetBytes(text), scale, minScale: 0, out var number);

        Assert.Equal(NumberReading.Rounded, reading);
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), number);
        Assert.False(number == 0 && decimal.IsNegative(number));
    }

    [Theory]
    [InlineData("9.0", null, 0, "9.0")]
    [InlineData("12.75", null, 0, "12.75")]
    [InlineData("9", null, 1, "9.0")]
    [InlineData("9.25", null, 1, "9.25")]
    [InlineData("9.25", 2, 5, "9.25")]
    [InlineData("1.50e3", null, 0, "1500")]
    [InlineData("1.50e1", null, 0, "15.0")]
    [InlineData("-0.00", null, 0, "0.00")]
    public void Read_KeepsTheNumbersOwnDigits_WithoutAScale(string text, int? scale, int minScale, string expected)
    {
        var reading = DecimalReading.Read(Encoding.ASCII.GetBytes(text), scale, minScale, out var number);

        Assert.Equal((NumberReading.Exact, expected), (reading, number.ToString(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("12345678901234567890123456789", "12345678901234567890123456789")]
    [InlineData("-0.12345678901234567890123456789", "-0.12345678901234567890123456789")]
    [InlineData("1e300", "1E+300")]
    [InlineData("-1.7976931348623157E+308", "-1.7976931348623157E+308")]
    [InlineData("4.9e-324", "4.9E-324")]
    public void ToText_WritesAllDigits_OfANumberThatNoDecimalHolds(string text, string expected)
    {
        var reading = DecimalReading.Read(Encoding.ASCII.GetBytes(text), scale: null, minScale: 0, out _);

        Assert.Equal((NumberReading.TooLong, expected), (reading, DecimalReading.ToText(Encoding.ASCII.GetBytes(text), scale: null)));
    }

    [Exhaustive]
    [Fact]
    public void Read_GivesTheShortestDigits_ThatReadBackAsTheSameDouble()
    {
        var random = new Random(7);
        for (var i = 0; i < 500_000; i++)
        {
            var real = random.Next(5) switch
            {
                0 => random.Next(-1_000_000, 1_000_000) / 100.0,
                1 => (double)Number(random),
                2 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : 0,
                3 => (float)(random.NextDouble() * Math.Pow(10, random.Next(-6, 9))),
                _ => Math.BitIncrement(random.Next(-1_000_000, 1_000_000) / 1_000.0) + (random.Next(3) * 0.1),
            };

            var reading = DecimalReading.Read(real, scale: null, minScale: 0, out var number);

            if (reading == NumberReading.TooLong)
                continue;

            var shortest =
                decimal.Parse(real.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.True((number == shortest || Math.Abs(real) > 4.5e15) && double.Parse(
                number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == real, $"{real:R}: {number}");
        }
    }

    [Theory]
    [InlineData(95413511663402208d, "95413511663402210")]
    [InlineData(9007199254740992d, "9007199254740992")]
    [InlineData(-5e22d, "-49999999999999996000000")]
    public void Read_TakesNoDigitsInTheMiddleOfTwoDoubles(double real, string expected)
    {
        DecimalReading.Read(real, scale: null, minScale: 0, out var number);

        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void KeyOf_SortsAsNumbersDo_WhateverTheirSpelling()
    {
        var random = new Random(8);
        for (var i = 0; i < 100_000; i++)
        {
            var (left, right) = (Text(random), Text(random));

            var order = DecimalReading.KeyOf(Encoding.ASCII.GetBytes(left), scale: null).AsSpan().SequenceCompareTo(
                DecimalReading.KeyOf(Encoding.ASCII.GetBytes(right), scale: null));

            Assert.True(Math.Sign(order) == Value(left).CompareTo(Value(right)), $"{left} and {right}");
        }
    }

    private static string Text(Random random) =>
        (random.Next(2) == 0 ? "-" : "")
            + new string(random.GetItems<char>("0019", random.Next(1, 5)))
            + (random.Next(2) == 0 ? "." + new string(random.GetItems<char>("0019", random.Next(1, 40))) : "")
            + (random.Next(3) == 0 ? "e" + random.Next(-3, 3) : "");

    // Scaled to a whole number that is large enough for every text.
    private static BigInteger Value(string text)
    {
        var parts = text.Split('e');
        var digits = parts[0].Split('.');
        var power =
            50 + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (digits.Length > 1 ? digits[1].Length : 0);
        return BigInteger.Parse(string.Concat(digits), CultureInfo.InvariantCulture) * BigInteger.Pow(10, power);
    }

    private static decimal Number(Random random) =>
        new(
            random.Next(),
            random.Next(4) == 0 ? random.Next() : 0,
            random.Next(16) == 0 ? random.Next() : 0,
            random.Next(2) == 0,
            (byte)random.Next(29));

    private static void AssertReadsAsTheFramework(string text)
    {
        var reading = DecimalReading.Read(Encoding.UTF8.GetBytes(text), scale: null, minScale: 0, out var number);

        // What has more than 28 digits is left as text, though some of 29 would fit; zeros at the end go first.
        if (reading == NumberReading.TooLong)
            return;

        var expected = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var other);
        Assert.True(expected == (reading == NumberReading.Exact) && other == number && (
            other.Scale == number.Scale || text.Count(char.IsDigit) > 28), $"'{text}': {number}, not {other}");
    }
}
