using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed class SqliteDecimalsTests
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const string Characters = "00123456789.-+eE ,x";

    [Fact]
    public void TryRead_AgreesWithTheFramework_ForAnyText()
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
    [InlineData("-0.00")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData("999999999999999999")]
    [InlineData("-99999999999999999.9")]
    [InlineData("0.99999999999999999")]
    [InlineData("0.000000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("٣")]
    public void TryRead_AgreesWithTheFramework_AtTheEdges(string text) => AssertReadsAsTheFramework(text);

    [Fact]
    public void TryConvert_GivesWhatTheFrameworkGives_ForAnyDouble()
    {
        var random = new Random(6);
        for (var i = 0; i < 500_000; i++)
        {
            var real = random.Next(4) switch
            {
                0 => random.Next(-1_000_000, 1_000_000) / 100.0,
                1 => (double)Number(random),
                2 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : 0,
                _ => Math.BitIncrement(random.Next(-1_000_000, 1_000_000) / 1_000.0) + (random.Next(3) * 0.1),
            };

            AssertConvertsAsTheFramework(real);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.00005)]
    [InlineData(0.1 + 0.2)]
    [InlineData(999999999.9999)]
    [InlineData(1e9)]
    [InlineData(-7.25)]
    [InlineData(double.Epsilon)]
    [InlineData(7.9228162514264e28)]
    public void TryConvert_GivesWhatTheFrameworkGives_AtTheEdges(double real) => AssertConvertsAsTheFramework(real);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(7.9228162514264338e28)]
    [InlineData(-1e300)]
    public void TryConvert_IsFalse_WhenNoDecimalIsThatLarge(double real) => Assert.False(SqliteDecimals.TryConvert(real, out _));

    private static decimal Number(Random random) =>
        new(random.Next(), random.Next(4) == 0 ? random.Next() : 0, random.Next(16) == 0 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(29));

    // Bits rather than values: the digits after the point count, and so does the sign of zero.
    private static void AssertReadsAsTheFramework(string text)
    {
        var read = SqliteDecimals.TryRead(Encoding.UTF8.GetBytes(text), out var number);

        var expected = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var other);
        Assert.True(expected == read && decimal.GetBits(other).SequenceEqual(decimal.GetBits(number)), $"'{text}': {number}, not {other}");
    }

    private static void AssertConvertsAsTheFramework(double real)
    {
        if (Math.Abs(real) >= (double)decimal.MaxValue)
            return;

        var converted = SqliteDecimals.TryConvert(real, out var number);

        Assert.True(converted && decimal.GetBits((decimal)real).SequenceEqual(decimal.GetBits(number)), $"{real:R}: {number}, not {(decimal)real}");
    }
}
