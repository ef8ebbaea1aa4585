namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>How many rows a page takes and how many pages there will be; known beforehand because all rows are equally high.</summary>
/// <param name="FirstRows">The rows of the first page, under the titles.</param>
/// <param name="OtherRows">The rows of every other page.</param>
/// <param name="Groups">The pages across.</param>
internal readonly record struct PageCount(int FirstRows, int OtherRows, int Groups)
{
    /// <summary>The pages that a number of rows takes.</summary>
    public long For(long rows)
    {
        var further = Math.Max(0, rows - FirstRows);
        return Groups * (1 + ((further + OtherRows - 1) / OtherRows));
    }
}
