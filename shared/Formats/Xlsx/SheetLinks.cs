using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// The hyperlinks of the sheet that is being written (ECMA-376 part 1, 18.3.1.48): they stand behind the rows, and their addresses in a
/// part of their own. Excel takes 65,530 of them in a sheet, which bounds what is held here.
/// </summary>
internal sealed class SheetLinks
{
    /// <summary>The relationship that is the table's; hyperlinks have the ids after it.</summary>
    public const string TableId = "rId1";

    // An address of 2,079 characters each would take 136 MB.
    private const int MaxTextLength = 16 * 1024 * 1024;

    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

    private readonly StringBuilder _cells = new();
    private readonly StringBuilder _targets = new();
    private int _count;

    /// <summary>The element that stands behind the rows; empty without hyperlinks.</summary>
    public string Cells => _count == 0 ? "" : $"<hyperlinks>{_cells}</hyperlinks>";

    /// <summary>Adds a hyperlink.</summary>
    /// <param name="column">The letters of the cell's column.</param>
    /// <param name="row">The cell's row, from 1.</param>
    /// <param name="address">The address, an absolute URI.</param>
    /// <returns>False when the sheet takes no more.</returns>
    public bool TryAdd(string column, int row, string address)
    {
        if (_count == XlsxLimits.MaxHyperlinks || _targets.Length > MaxTextLength)
            return false;

        var id = ++_count + 1;
        _cells.Append(CultureInfo.InvariantCulture, $"<hyperlink ref=\"{column}{row}\" r:id=\"rId{id}\"/>");
        _targets.Append(
            CultureInfo.InvariantCulture,
            $"<Relationship Id=\"rId{id}\" Type=\"{Relationship}\" Target=\"{XlsxParts.Escape(address)}\" TargetMode=\"External\"/>");
        return true;
    }

    /// <summary>The sheet's relationships: its table and its hyperlinks; null when it has neither.</summary>
    /// <param name="id">What the sheet's part is called by.</param>
    /// <param name="hasTable">Whether it has a table.</param>
    public string? ToRels(int id, bool hasTable)
    {
        if (_count == 0 && !hasTable)
            return null;

        var table =
            hasTable
                ? $"<Relationship Id=\"{TableId}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/table\""
                    + $" Target=\"../tables/table{id}.xml\"/>"
                : "";
        return $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{table}{_targets}</Relationships>";
    }

    /// <summary>Starts with the next sheet's.</summary>
    public void Clear()
    {
        _count = 0;
        _cells.Clear();
        _targets.Clear();
    }
}
