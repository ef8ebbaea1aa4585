using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Rows of one line each; what does not fit its column ends in an ellipsis.</summary>
internal sealed class SingleLineRows(
    Band band, TableMeasures measures, CellBytes cells, CellSetter setter, RowFlaws flaws, StructureTree? tags) : IRowSetting
{
    private readonly List<MarkedCell> _marked = [];
    private readonly TextColors _colors = new();

    public void Add(RowBatch batch, int row)
    {
        band.Open();
        if (band.Room < measures.RowHeight && band.Rows > 0)
        {
            band.Close();
            band.Open();
        }

        for (var index = 0; index < band.Groups.Length; index++)
        {
            var group = band.Groups[index];
            Start(group, index);
            foreach (var column in group.Columns)
            {
                group.Rows.Add(column.Move);
                SetCell(group, column, cells.Show(batch, row, column.Index));
            }
        }

        if (tags is not null)
        {
            tags.AddRow(_marked);
            _marked.Clear();
        }

        band.Take(measures.RowHeight);
    }

    public void Dispose() => setter.Dispose();

    private void Start(PageGroup group, int index)
    {
        if (band.Rows > 0)
            group.Rows.Add(group.NextRow);
        else if (group.Columns.Length > 0)
            group.Rows.Points(group.Columns[0].Anchor).Add(" "u8).Points(band.Top + band.Lift(index) - measures.FirstLine).Add(" Td"u8);
    }

    private void SetCell(PageGroup group, CellColumn column, ReadOnlySpan<byte> text)
    {
        if (tags is not null)
            Mark(group.Rows, group, column, text.IsEmpty);

        if (text.IsEmpty)
        {
            group.Rows.Add("\n"u8);
            return;
        }

        var color = cells.Color;
        if (color is { } its)
            _colors.Set(group.Rows, its);

        var found = setter.Set(group.Rows, text, column);
        if (color is not null)
            TextColors.Reset(group.Rows);

        // A repeated column is counted once.
        if (cells.IsCapped && !column.IsRepeated)
            flaws.CountCapped();

        if (found != TextFlaws.None && !column.IsRepeated)
            flaws.Count(found);

        if (tags is not null)
            group.Rows.Add("EMC "u8);
    }

    private void Mark(PdfBuffer rows, PageGroup group, CellColumn column, bool isEmpty)
    {
        var cell = column.IsRepeated ? null : tags!.NewCell();
        if (cell is not null)
            _marked.Add(cell);

        if (isEmpty)
            return;

        rows.Add(" "u8);
        if (cell is null)
            rows.Add("/Artifact BMC "u8);
        else
            StructureTree.OpenCell(rows, group.Marks!, cell);
    }
}
