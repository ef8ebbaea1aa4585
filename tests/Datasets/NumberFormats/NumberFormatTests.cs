using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Tests.Datasets.NumberFormats;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("General")]
    [InlineData("#,##0.00;[Red]-#,##0.00")]
    [InlineData("#,##0.00_);[Red](#,##0.00)")]
    [InlineData("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)")]
    [InlineData("_-* #,##0.00\\ [$€-408]_-;\\-* #,##0.00\\ [$€-408]_-;_-* \"-\"??\\ [$€-408]_-;_-@_-")]
    [InlineData("[$-409]d\\-mmm\\-yyyy;@")]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy")]
    [InlineData("[$-el]d mmmm yyyy")]
    [InlineData("[$-en-US,1]d mmm")]
    [InlineData("[$-x-sysdate]dddd, mmmm dd, yyyy")]
    [InlineData("[$SFr.-807]\\ #,##0.00")]
    [InlineData("[$€]0.00")]
    [InlineData("#,##0.00 €")]
    [InlineData("$#,##0")]
    [InlineData("0.0%")]
    [InlineData("0.00E+00")]
    [InlineData("##0.0E+0")]
    [InlineData("# ?/?")]
    [InlineData("# ??/100")]
    [InlineData("0.0,,\" M\"")]
    [InlineData("000-00-0000")]
    [InlineData("(###) ###-####")]
    [InlineData("[<=9999999]###-####;(###) ###-####")]
    [InlineData("[Red][<0]0.00;[Color 10][>=1E3]0;[Color5]General")]
    [InlineData("dd/mm/yyyy hh:mm:ss")]
    [InlineData("h:mm AM/PM")]
    [InlineData("hh:mm:ss.000")]
    [InlineData("[h]:mm:ss")]
    [InlineData("mm:ss.0")]
    [InlineData("m/d/yy h:mm a/p")]
    [InlineData("mmmmm")]
    [InlineData("yyyy\"年\"m\"月\"d\"日\"")]
    [InlineData("[DBNum1]0")]
    [InlineData("bbbb-mm-dd")]
    [InlineData("\"text\"0\\x_)*-")]
    [InlineData(";;;")]
    [InlineData("0;;\"zero\"")]
    [InlineData("0;-0;0;@")]
    [InlineData("@")]
    [InlineData("\"No. \"@")]
    public void Read_TakesWhatExcelTakes(string text)
    {
        var format = NumberFormat.Read(text, out var fault);

        Assert.Null(fault);
        Assert.Equal(text, format!.Text);
    }

    [Theory]
    [InlineData("0.00\"", 4, "a quote opens a text that no quote closes")]
    [InlineData("0;0;0;0;0", 7, "a fifth section begins")]
    [InlineData("[$-", 0, "a bracket opens that no bracket closes")]
    [InlineData("[$-]0", 0, "[$-] is no currency or locale")]
    [InlineData("[$]0", 0, "[$] is no currency or locale")]
    [InlineData("[]0", 0, "the brackets are empty")]
    [InlineData("[Redd]0", 0, "[Redd] means nothing; did you mean \"Red\"?")]
    [InlineData("[Color 57]0", 0, "[Color 57] means nothing")]
    [InlineData("[Color 0]0", 0, "[Color 0] means nothing")]
    [InlineData("0]", 1, "a bracket closes that was never opened")]
    [InlineData("[>=x]0", 0, "[>=x] is no condition")]
    [InlineData("[=>5]0", 0, "[=>5] is no condition")]
    [InlineData("[>1][<5]0", 4, "the section's second condition")]
    [InlineData("[Red][Blue]0", 5, "the section's second colour")]
    [InlineData("-[Red]0", 1, "[Red] stands behind other parts")]
    [InlineData("0[>5]", 1, "[>5] stands behind other parts")]
    [InlineData("0;0;[>5]0", 4, "only the first two sections may have a condition")]
    [InlineData("0\\", 1, "a backslash shows the character behind it")]
    [InlineData("0_", 1, "an underscore leaves the width")]
    [InlineData("0*", 1, "an asterisk repeats")]
    [InlineData("0 kg", 2, "the letter k means nothing; put text into quotes, such as \"kg\"")]
    [InlineData("TT.MM.JJJJ", 0, "the letter T means nothing")]
    [InlineData("yyyy 0.00", 5, "0 stands beside a date or time")]
    [InlineData("0 dd", 0, "0 stands beside a date or time")]
    [InlineData("dd@", 2, "@ stands beside a date or time")]
    [InlineData("General yyyy", 0, "General stands beside a date or time")]
    [InlineData("hh:mm%", 5, "% stands beside a date or time")]
    [InlineData("hh.00", 3, "0 stands beside a date or time")]
    [InlineData("ss.0000", 2, "a second has at most 3 digits")]
    [InlineData("0@", 0, "0 stands beside a text (@)")]
    [InlineData("@;0", 0, "@ stands in a section that others follow")]
    [InlineData("General0", 7, "0 stands beside General")]
    [InlineData("GeneralGeneral", 7, "General stands there for the second time")]
    [InlineData("0.0.0", 3, "a number has one decimal point")]
    [InlineData("0.0,0", 3, "a comma stands between the digits behind the point")]
    [InlineData("0E+", 1, "has no digit behind it")]
    [InlineData("E+0", 0, "has no digit before it")]
    [InlineData("0E+0E+0", 4, "a number has one exponent")]
    [InlineData("0E+0.0", 4, "an exponent has no decimal point")]
    [InlineData("0 1", 2, "the digit 1 means nothing")]
    [InlineData("#.# ?/?", 1, "a fraction has no decimal point")]
    [InlineData("0/0/0", 3, "a fraction has one bar")]
    [InlineData("?/? 0", 4, "digits stand behind the fraction")]
    [InlineData("# ?/12345678", 4, "a denominator has at most 7 digits")]
    [InlineData("\"x\"/8", 4, "8 stands beside text alone")]
    [InlineData("0\u0007", 1, "a control character")]
    [InlineData("0\"x\"/8", 5, "are no denominator")]
    [InlineData("[NatNum1]0", 0, "[NatNum1] means nothing")]
    public void Read_SaysWhereAndWhatIsWrong_WhenAFormatIsNone(string text, int position, string message)
    {
        var format = NumberFormat.Read(text, out var fault);

        Assert.Null(format);
        Assert.Contains(message, fault!.Message, StringComparison.Ordinal);
        Assert.Equal(position, fault.Position);
        Assert.Throws<FormatException>(() => NumberFormat.Parse(text));
    }

    [Fact]
    public void Read_EndsInAFormatOrAFault_WhateverTheText()
    {
        const string Signs = "0#?.,%/E+-;\"\\_*[]@ymdhsAMP/:()$€Red>=0123Generalx ";
        var random = new Random(5);

        for (var i = 0; i < 50_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 20); length > 0; length--)
                text.Append(Signs[random.Next(Signs.Length)]);

            var format = NumberFormat.Read(text.ToString(), out var fault);

            Assert.True(format is null != fault is null, text.ToString());
            Assert.True(fault is null || (fault.Position >= 0 && fault.Position < text.Length), text.ToString());
        }
    }

    [Theory]
    [InlineData(ColumnType.Integer, "#,##0", null)]
    [InlineData(ColumnType.Integer, "0;;\"none\"", null)]
    [InlineData(ColumnType.Integer, "dd/mm/yyyy", "is for dates and times")]
    [InlineData(ColumnType.Integer, "[h]:mm", "is for dates and times")]
    [InlineData(ColumnType.Decimal, "[h]:mm", null)]
    [InlineData(ColumnType.Decimal, "hh:mm", "is for dates and times")]
    [InlineData(ColumnType.Decimal, "0.00;yyyy", "is for dates and times")]
    [InlineData(ColumnType.Decimal, "@", "is for text")]
    [InlineData(ColumnType.Date, "dd/mm/yyyy", null)]
    [InlineData(ColumnType.Date, "[$-409]d\\-mmm\\-yy;@", null)]
    [InlineData(ColumnType.Date, "yyyy-mm-dd hh:mm", null)]
    [InlineData(ColumnType.Date, "hh:mm", "shows the time of day")]
    [InlineData(ColumnType.Date, "0", "is for numbers")]
    [InlineData(ColumnType.Date, "General", "is for numbers")]
    [InlineData(ColumnType.Date, "@", "is for text")]
    [InlineData(ColumnType.Timestamp, "hh:mm", null)]
    [InlineData(ColumnType.Timestamp, "[h]:mm", "counts time since a start")]
    [InlineData(ColumnType.Timestamp, "0.00", "is for numbers")]
    [InlineData(ColumnType.Text, "@", null)]
    [InlineData(ColumnType.Text, "0", "a text is shown as it is")]
    [InlineData(ColumnType.Identifier, "000000", "a text is shown as it is")]
    [InlineData(ColumnType.Boolean, "0", "a boolean is shown as it is")]
    [InlineData(ColumnType.Boolean, "General", null)]
    public void Find_NamesFormatsThatDoNotSuitTheType(ColumnType type, string format, string? expected)
    {
        var misfit = NumberFormatFit.Find(NumberFormat.Parse(format), type);

        if (expected is null)
            Assert.Null(misfit);
        else
            Assert.Contains(expected, misfit, StringComparison.Ordinal);
    }
}
