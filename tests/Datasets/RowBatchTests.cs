using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Tests.Datasets;

public sealed class RowBatchTests
{
    [Fact]
    public void Get_ReturnsWhatWasSet_ForEveryType()
    {
        var batch = new RowBatch(
            [ColumnType.Text, ColumnType.Integer, ColumnType.Decimal, ColumnType.Boolean, ColumnType.Date, ColumnType.Timestamp],
            capacity: 2);
        var instant = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc);

        batch.AddRow();
        batch.SetText(0, "Ελένη 👩‍🎓");
        batch.SetInteger(1, long.MinValue);
        batch.SetDecimal(2, -79228162514264337593543950335m);
        batch.SetBoolean(3, true);
        batch.SetDate(4, new DateOnly(1900, 2, 28));
        batch.SetTimestamp(5, instant);

        Assert.Equal("Ελένη 👩‍🎓", Encoding.UTF8.GetString(batch.GetText(0, 0)));
        Assert.Equal(long.MinValue, batch.GetInteger(0, 1));
        Assert.Equal(-79228162514264337593543950335m, batch.GetDecimal(0, 2));
        Assert.True(batch.GetBoolean(0, 3));
        Assert.Equal(new DateOnly(1900, 2, 28), batch.GetDate(0, 4));
        Assert.Equal(instant, batch.GetTimestamp(0, 5));
    }

    [Fact]
    public void IsNull_IsTrueAgain_WhenABatchIsReused()
    {
        var batch = new RowBatch([ColumnType.Integer], capacity: 1);
        batch.AddRow();
        batch.SetInteger(0, 7);

        batch.Clear();
        batch.AddRow();

        Assert.True(batch.IsNull(0, 0));
    }

    [Fact]
    public void SetText_ReplacesLoneSurrogates_SoThatTheBytesAreValid()
    {
        var batch = new RowBatch([ColumnType.Text]);
        batch.AddRow();

        batch.SetText(0, "a\ud800b");

        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(batch.GetText(0, 0)));
    }

    [Fact]
    public void AddRow_Throws_WhenTheBatchIsFull()
    {
        var batch = new RowBatch([ColumnType.Integer], capacity: 1);
        batch.AddRow();

        Assert.True(batch.IsFull);
        Assert.Throws<InvalidOperationException>(batch.AddRow);
    }
}
