using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Tests.Formats.Pdf.Text;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(ColumnType.Integer, null, "0")]
    [InlineData(ColumnType.Integer, "#,##0", "#,##0")]
    [InlineData(ColumnType.Decimal, null, "0.00")]
    [InlineData(ColumnType.Decimal, "0.0%", "0.0%")]
    [InlineData(ColumnType.Decimal, "[Red]0.00", "0.00")]
    [InlineData(ColumnType.Date, null, "yyyy-MM-dd")]
    [InlineData(ColumnType.Date, "dd/mm/yyyy", "dd'/'MM'/'yyyy")]
    [InlineData(ColumnType.Date, "mmmm d", "yyyy-MM-dd")]
    [InlineData(ColumnType.Timestamp, "yyyy-mm-dd hh:mm", "yyyy-MM-dd HH':'mm")]
    [InlineData(ColumnType.Timestamp, "mm:ss", "mm':'ss")]
    [InlineData(ColumnType.Timestamp, null, "yyyy-MM-dd HH:mm:ss")]
    public void For_TakesWhatBothNotationsShare_ElseTheDefault(ColumnType type, string? format, string expected) =>
        Assert.Equal(expected, NumberFormat.For(SampleRows.Column("x", "X", type, scale: 2, format: format)));
}
