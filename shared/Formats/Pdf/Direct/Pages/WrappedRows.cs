using System.Runtime.InteropServices;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// Rows as high as their longest text. A row that does not fit the rest of a page moves to the next one; one higher than a page is split
/// across several.
/// </summary>
internal sealed class WrappedRows(
    Band band,
    TableMeasures measures,
    CellBytes cells,
    TextLayout layout,
    SmallText small,
    RowFlaws flaws,
    StructureTree? tags) : IRowSetting
{
    /// <summary>The most UTF-8 bytes of a text that are shown.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly CleanText _clean = new();
    private readonly List<LaidText>[][] _lines =
        [.. band.Groups.Select(group => group.Columns.Select(_ => new List<LaidText>()).ToArray())];
    private readonly FormatColor?[][] _cellColors = [.. band.Groups.Select(group => new FormatColor?[group.Columns.Length])];
    private readonly List<MarkedCell> _marked = [];
    private readonly TextColors _colors = new();
    private char[] _characters = new char[256];

    public void Add(RowBatch batch, int row)
    {
        var lines = Lay(batch, row);
        for (var first = 0; first < lines;)
        {
            band.Open();
            var left = measures.HeightOf(lines - first);
            if (left > band.Room && band.Rows > 0 && (left <= FullRoom || band.Room < measures.HeightOf(3)))
            {
                band.Close();
                continue;
            }

            var count = Math.Clamp(1 + ((band.Room - measures.RowHeight) / measures.LineHeight), 1, lines - first);
            Draw(first, count);
            band.Take(measures.HeightOf(count));
            first += count;
        }

        if (tags is not null)
        {
            tags.AddRow(_marked);
            _marked.Clear();
        }
    }

    public void Dispose()
    {
        layout.Dispose();
        small.Dispose();
    }

    private int FullRoom => measures.TableTop(isUnderTitles: false) - measures.HeaderHeight - measures.Bottom;

    private int Lay(RowBatch batch, int row)
    {
        var max = 1;
        for (var g = 0; g < band.Groups.Length; g++)
        {
            for (var c = 0; c < band.Groups[g].Columns.Length; c++)
            {
                var column = band.Groups[g].Columns[c];
                var isValue = batch.Columns[column.Index] is not (ColumnType.Text or ColumnType.Identifier);
                var found = LayCell(cells.Show(batch, row, column.Index), column.Room, isValue, _lines[g][c]);
                _cellColors[g][c] = cells.Color;
                if (IsTruncated(batch, row, column.Index))
                    found |= new TextFlaws(IsTruncated: true);

                if (!column.IsRepeated)
                {
                    flaws.Count(found);
                    if (cells.IsCapped)
                        flaws.CountCapped();

                    if (tags is not null)
                        _marked.Add(tags.NewCell());
                }

                max = Math.Max(max, _lines[g][c].Count);
            }
        }

        return max;
    }

    private static bool IsTruncated(RowBatch batch, int row, int column) =>
        !batch.IsNull(row, column)
            && (batch.Columns[column] is ColumnType.Text or ColumnType.Identifier || batch.IsUnfit(row, column))
            && batch.GetText(row, column).Length > MaxBytes;

    // Line breaks in the text are kept. Half a number would read as another number, so a value stays on one line.
    private TextFlaws LayCell(ReadOnlySpan<byte> utf8, int room, bool isValue, List<LaidText> lines)
    {
        lines.Clear();
        if (utf8.IsEmpty)
            return TextFlaws.None;

        if (_characters.Length < utf8.Length)
            _characters = new char[utf8.Length * 2];

        var text = _characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, _characters));
        foreach (var line in text.EnumerateLines())
        {
            var clean = _clean.Of(line);
            if (line.IsEmpty)
                lines.Add(LaidText.Empty);
            else if (isValue && layout.Measure(clean) is var width && width > room)
                lines.Add(small.Lay(clean, width, room, isRight: false, maxLines: 1));
            else
                layout.LayLines(clean, room, lines);
        }

        var found = TextFlaws.None;
        foreach (var line in lines)
            found |= line.Flaws;

        return found;
    }

    private void Draw(int first, int count)
    {
        var cell = 0;
        for (var g = 0; g < band.Groups.Length; g++)
        {
            var group = band.Groups[g];
            var baseline = band.Top + band.Lift(g) - measures.FirstLine;
            for (var c = 0; c < group.Columns.Length; c++)
            {
                var marked = tags is null || group.Columns[c].IsRepeated ? null : _marked[cell++];
                var lines = _lines[g][c];
                if (lines.Count > first)
                    DrawCell(
                        group,
                        group.Columns[c],
                        CollectionsMarshal.AsSpan(lines)[first..Math.Min(lines.Count, first + count)],
                        baseline,
                        marked,
                        _cellColors[g][c]);
            }
        }
    }

    private void DrawCell(
        PageGroup group, CellColumn column, ReadOnlySpan<LaidText> lines, int baseline, MarkedCell? cell, FormatColor? color)
    {
        var rows = group.Rows;
        if (cell is not null)
            StructureTree.OpenCell(rows, group.Marks!, cell);
        else if (tags is not null)
            rows.Add("/Artifact BMC "u8);

        if (color is { } its)
            _colors.Set(rows, its);

        foreach (var line in lines)
        {
            var left = column.IsRight ? column.Anchor - (int)(line.Width * (long)measures.FontSize / 1000) : column.Anchor;
            rows.Add("1 0 0 1 "u8).Points(left).Add(" "u8).Points(baseline).Add(" Tm "u8).Add(line.Operators).Add("\n"u8);
            baseline -= measures.LineHeight;
        }

        if (color is not null)
            TextColors.Reset(rows);

        if (tags is not null)
            rows.Add("EMC "u8);
    }
}
