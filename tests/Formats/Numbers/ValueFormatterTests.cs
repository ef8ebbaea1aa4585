using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Formats.Numbers;

namespace ExportFunctions.Tests.Formats.Numbers;

public sealed class ValueFormatterTests
{
    [Theory]
    [InlineData("0", "12.5", "13")]
    [InlineData("0", "-12.5", "-13")]
    [InlineData("0", "0.4", "0")]
    [InlineData("0", "-0.4", "0")]
    [InlineData("0.00", "9.995", "10.00")]
    [InlineData("0.00", "999.999", "1000.00")]
    [InlineData("#,##0.00;[Red]-#,##0.00", "12456.94", "12,456.94")]
    [InlineData("#,##0.00;[Red]-#,##0.00", "-12456.94", "-12,456.94")]
    [InlineData("#,##0", "0", "0")]
    [InlineData("#,##0", "999", "999")]
    [InlineData("#,##0", "1000", "1,000")]
    [InlineData("#,##0", "79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335")]
    [InlineData("#,###", "0", "")]
    [InlineData("#.##", "0.5", ".5")]
    [InlineData("#.##", "5", "5.")]
    [InlineData(".00", "12.5", "12.50")]
    [InlineData("0.0#", "1.5", "1.5")]
    [InlineData("0.0#", "1.555", "1.56")]
    [InlineData("0.???", "1.5", "1.5  ")]
    [InlineData("???0", "12", "  12")]
    [InlineData("?,??0", "12", "   12")]
    [InlineData("0,000", "5", "0,005")]
    [InlineData("0000", "42", "0042")]
    [InlineData("0#", "5", "05")]
    [InlineData("0#", "0", "0")]
    [InlineData("# 0/0", "5", "5 0/1")]
    [InlineData("# 0/8", "5", "5 0/8")]
    [InlineData("0.0,", "12345", "12.3")]
    [InlineData("#,##0,,", "1234567890", "1,235")]
    [InlineData("0.0,,\" M\"", "12345678", "12.3 M")]
    [InlineData("0%", "0.256", "26%")]
    [InlineData("0.0%", "-0.2567", "-25.7%")]
    [InlineData("0.00E+00", "12345", "1.23E+04")]
    [InlineData("0.00E+00", "0.00012345", "1.23E-04")]
    [InlineData("0.00E-00", "12345", "1.23E04")]
    [InlineData("##0.0E+0", "12345", "12.3E+3")]
    [InlineData("##0.0E+0", "0.012", "12.0E-3")]
    [InlineData("0.0E+0", "9.99", "1.0E+1")]
    [InlineData("0.0E+0", "0", "0.0E+0")]
    [InlineData("# ?/?", "1.5", "1 1/2")]
    [InlineData("# ?/?", "0.3", " 2/7")]
    [InlineData("# ?/?", "5", "5    ")]
    [InlineData("# ??/??", "3.14159", "3 14/99")]
    [InlineData("# ?/8", "2.4", "2 3/8")]
    [InlineData("?/?", "-1.25", "-5/4")]
    [InlineData("# ?/?", "0.999", "1    ")]
    [InlineData("000-00-0000", "123456789", "123-45-6789")]
    [InlineData("(###) ###-####", "2101234567", "(210) 123-4567")]
    [InlineData("[<=9999999]###-####;(###) ###-####", "1234567", "123-4567")]
    [InlineData("[<=9999999]###-####;(###) ###-####", "2101234567", "(210) 123-4567")]
    [InlineData("[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "12345678", "1,23,45,678")]
    [InlineData("[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "1234567", "12,34,567")]
    [InlineData("[>=100]\"much\";0", "-5", "-5")]
    [InlineData("[<0]\"minus \"0;0", "-5", "minus 5")]
    [InlineData("[>100]0", "5", "5")]
    [InlineData("0;;", "-5", "")]
    [InlineData("0;;\"zero\"", "0", "zero")]
    [InlineData("0;(0);\"-\"", "-5", "(5)")]
    [InlineData(";;;", "5", "")]
    [InlineData("#,##0.00_);(#,##0.00)", "5", "5.00 ")]
    [InlineData("\"€\"* #,##0.00", "5", "€ 5.00")]
    [InlineData("$#,##0.00", "-5", "-$5.00")]
    [InlineData("[$€-408] #,##0.00", "1234.5", "€ 1,234.50")]
    [InlineData("#,##0.00\\ [$€-408]", "1234.5", "1,234.50 €")]
    [InlineData("General", "12345678901234567890.125", "12345678901234567890.125")]
    [InlineData("General", "-0.50", "-0.5")]
    [InlineData("General\" kg\"", "7.10", "7.1 kg")]
    [InlineData("\"n/a\"", "7", "n/a")]
    [InlineData("[h]:mm", "1.0625", "25:30")]
    [InlineData("[mm]:ss", "0.0416666666666667", "60:00")]
    [InlineData("[h]:mm:ss", "-0.5", "-12:00:00")]
    public void Write_ShowsNumbersAsExcelDoes(string format, string value, string expected) =>
        Assert.Equal(expected, Show(format, decimal.Parse(value, CultureInfo.InvariantCulture)).Text);

    [Theory]
    [InlineData("yyyy-mm-dd hh:mm:ss", "2026-03-04 05:06:07")]
    [InlineData("d/m/yy h:m:s", "4/3/26 5:6:7")]
    [InlineData("dddd, d mmmm yyyy", "Wednesday, 4 March 2026")]
    [InlineData("ddd mmm mmmmm", "Wed Mar M")]
    [InlineData("h:mm AM/PM", "5:06 AM")]
    [InlineData("hh:mm a/p", "05:06 a")]
    [InlineData("mm:ss.000", "06:07.999")]
    [InlineData("ss.00", "07.99")]
    [InlineData("h \"h\" m \"min\"", "5 h 6 min")]
    [InlineData("mm", "03")]
    [InlineData("yyyy\"/\"mm\\/dd", "2026/03/04")]
    [InlineData("[$-408]d mmmm yyyy", "4 Μαρτίου 2026")]
    [InlineData("[$-el-GR]mmmm yyyy", "Μάρτιος 2026")]
    [InlineData("[$-C07]mmmm", "März")]
    [InlineData("[$-FC19]dd mmmm", "04 марта")]
    [InlineData("[$-F800]dd/mm/yyyy", "04/03/2026")]
    [InlineData("yyyy-mm-dd;@", "2026-03-04")]
    [InlineData("aaa aaaa", "Wed Wednesday")]
    [InlineData("bbbb e", "2569 2026")]
    public void Write_ShowsDatesAndTimesAsExcelDoes(string format, string expected)
    {
        var formatter = new ValueFormatter(NumberFormat.Parse(format), FormatCulture.Invariant);
        Span<byte> target = new byte[formatter.MaxBytes];

        var length = formatter.Write(new DateTime(2026, 3, 4, 5, 6, 7).AddTicks(9_999_999), target, out _);

        Assert.Equal(expected, Encoding.UTF8.GetString(target[..length]));
    }

    [Theory]
    [InlineData(0, "12:00 AM")]
    [InlineData(11, "11:00 AM")]
    [InlineData(12, "12:00 PM")]
    [InlineData(23, "11:00 PM")]
    public void Write_CountsHoursToTwelve_WhenHalvesOfTheDayAreShown(int hour, string expected)
    {
        var formatter = new ValueFormatter(NumberFormat.Parse("h:mm AM/PM"), FormatCulture.Invariant);
        Span<byte> target = new byte[formatter.MaxBytes];

        var length = formatter.Write(new DateTime(2026, 1, 1, hour, 0, 0), target, out _);

        Assert.Equal(expected, Encoding.UTF8.GetString(target[..length]));
    }

    [Fact]
    public void Write_KeepsTheLastInstantOnItsDay()
    {
        var formatter = new ValueFormatter(NumberFormat.Parse("yyyy-mm-dd hh:mm:ss.000"), FormatCulture.Invariant);
        Span<byte> target = new byte[formatter.MaxBytes];

        var length = formatter.Write(DateTime.MaxValue, target, out _);

        Assert.Equal("9999-12-31 23:59:59.999", Encoding.UTF8.GetString(target[..length]));
    }

    [Theory]
    [InlineData("el-GR", "#,##0.00", "-1234567.5", "-1.234.567,50")]
    [InlineData("de-CH", "#,##0.00", "1234567.5", "1’234’567.50")]
    [InlineData("fr-FR", "#,##0.00", "1234567.5", "1\u202f234\u202f567,50")]
    [InlineData("en-IN", "#,##0.00", "1234567.5", "12,34,567.50")]
    [InlineData("sv-SE", "0.0", "-1.5", "-1,5")]
    [InlineData("el-GR", "0.0E+0", "1234", "1,2E+3")]
    public void Write_TakesSignsFromTheCulture(string culture, string format, string value, string expected) =>
        Assert.Equal(expected, Show(format, decimal.Parse(value, CultureInfo.InvariantCulture), culture).Text);

    [Theory]
    [InlineData("el-GR", "dddd d mmmm yyyy", "Τετάρτη 4 Μαρτίου 2026")]
    [InlineData("de-DE", "dd/mm/yyyy", "04.03.2026")]
    [InlineData("fa-IR", "yyyy", "2026")]
    [InlineData("ar-SA", "yyyy-mm-dd", "2026-03-04")]
    [InlineData("th-TH", "yyyy", "2026")]
    public void Write_TakesNamesFromTheCulture_AndCountsByTheGregorianCalendar(string culture, string format, string expected)
    {
        var formatter = new ValueFormatter(NumberFormat.Parse(format), new FormatCulture(CultureInfo.GetCultureInfo(culture)));
        Span<byte> target = new byte[formatter.MaxBytes];

        var length = formatter.Write(new DateTime(2026, 3, 4), target, out _);

        Assert.Equal(expected, Encoding.UTF8.GetString(target[..length]));
    }

    [Theory]
    [InlineData("#,##0.00;[Red]-#,##0.00", "5", null)]
    [InlineData("#,##0.00;[Red]-#,##0.00", "-5", "FF0000")]
    [InlineData("[Green]0;[blue]0;[Color 10]0", "5", "00FF00")]
    [InlineData("[Green]0;[blue]0;[Color 10]0", "-5", "0000FF")]
    [InlineData("[Green]0;[blue]0;[Color10]0", "0", "008000")]
    [InlineData("[Red][<100]0;[Blue]0", "99", "FF0000")]
    [InlineData("[Red][<100]0;[Blue]0", "100", "0000FF")]
    public void Write_TellsTheColour(string format, string value, string? expected)
    {
        var color = Show(format, decimal.Parse(value, CultureInfo.InvariantCulture)).Color;

        Assert.Equal(expected, color is { } found ? $"{found.Red:X2}{found.Green:X2}{found.Blue:X2}" : null);
    }

    [Fact]
    public void Write_StaysWithinItsBytes_WhateverFormatAndValue()
    {
        const string Signs = "0#?.,%/E+-;\" _*ymdhs:()$€@";
        string[] cultures = ["", "el-GR", "ar-SA", "fr-FR", "hi-IN"];
        var random = new Random(7);
        var written = 0;

        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Signs[random.Next(Signs.Length)]));
            if (NumberFormat.Read(text, out _) is not { } format)
                continue;

            var formatter = new ValueFormatter(format, new FormatCulture(CultureInfo.GetCultureInfo(cultures[i % cultures.Length])));
            Span<byte> target = new byte[formatter.MaxBytes];
            foreach (var value in (decimal[])[decimal.MaxValue, decimal.MinValue, 0, 1e-28m, -0.5m, new decimal(
                random.Next(), random.Next(), random.Next(), true, (byte)random.Next(29))])
                written += formatter.Write(value, target, out _);

            if (format.ValueSections.Count > 0)
                written += formatter.Write(DateTime.MaxValue, target, out _);
        }

        Assert.True(written > 10_000);
    }

    private static (string Text, FormatColor? Color) Show(string format, decimal value, string culture = "")
    {
        var formatter = new ValueFormatter(NumberFormat.Parse(format), new FormatCulture(CultureInfo.GetCultureInfo(culture)));
        Span<byte> target = new byte[formatter.MaxBytes];
        var length = formatter.Write(value, target, out var color);
        return (Encoding.UTF8.GetString(target[..length]), color);
    }
}
