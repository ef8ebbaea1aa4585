using System.Buffers;
using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Local.Seeding;

public sealed class PostgresCopyEncoderTests
{
    // Length; then count, weight, sign and scale; then the digits to the base 10,000, as PostgreSQL's numeric_send writes them.
    [Theory]
    [InlineData("0.00", "00000008 0000FFFE00000002")]
    [InlineData("0.05", "0000000A 0001FFFF00000002 01F4")]
    [InlineData("-1359.35", "0000000C 0002000040000002 054F 0DAC")]
    [InlineData("12345.60", "0000000E 0003000100000002 0001 0929 1770")]
    public void WriteRows_EncodesDecimals_AsPostgresDoes(string value, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var batch = new RowBatch([ColumnType.Decimal]);
        batch.AddRow();
        batch.SetDecimal(0, decimal.Parse(value, CultureInfo.InvariantCulture));

        new PostgresCopyEncoder([new SchoolColumn("balance", ColumnType.Decimal) { Scale = 2 }], output).WriteRows(batch);

        Assert.Equal("0001" + expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void WriteRows_CountsDatesAndTimesFromTheYear2000()
    {
        var output = new ArrayBufferWriter<byte>();
        var batch = new RowBatch([ColumnType.Date, ColumnType.Timestamp, ColumnType.Text]);
        batch.AddRow();
        batch.SetDate(0, new DateOnly(1999, 12, 31));
        batch.SetTimestamp(1, new DateTime(2000, 1, 1, 0, 0, 1, DateTimeKind.Utc));
        SchoolColumn[] columns = [new("a", ColumnType.Date), new("b", ColumnType.Timestamp), new("c", ColumnType.Text)];

        new PostgresCopyEncoder(columns, output).WriteRows(batch);

        Assert.Equal("0003" + "00000004FFFFFFFF" + "0000000800000000000F4240" + "FFFFFFFF", Convert.ToHexString(output.WrittenSpan));
    }
}
