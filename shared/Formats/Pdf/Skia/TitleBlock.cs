using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>What stands above the table on the first page: the title, the number of records, when and from what filter the file was made.</summary>
internal sealed class TitleBlock
{
    private const int MostTitleLines = 2;
    private const int MostFilterLines = 6;
    private const int MostFilterCharacters = 2000;
    private const float Leading = 1.45f;
    private const float GapBelow = 10;

    private readonly TextStyle _title;
    private readonly TextStyle _note;
    private readonly List<string> _titleLines;
    private readonly List<string> _noteLines = [];

    /// <summary>Lays the lines out for a paper.</summary>
    public TitleBlock(FileLayout layout, Paper paper, TextSetter setter, PageStyles styles)
    {
        (_title, _note) = (styles.Title, styles.Note);
        _titleLines = LineBreaking.Fill(setter, layout.Title, _title, paper.FrameWidth, MostTitleLines);
        _noteLines.AddRange(LineBreaking.Fill(setter, Facts(layout), _note, paper.FrameWidth, 2));
        if (layout.FilterInWords is { Length: > 0 } filter)
        {
            var words = filter.Length > MostFilterCharacters ? string.Concat(filter.AsSpan(0, MostFilterCharacters), "…") : filter;
            _noteLines.AddRange(LineBreaking.Fill(setter, $"Filter: {words}", _note, paper.FrameWidth, MostFilterLines));
        }

        Height = (((_titleLines.Count * _title.Size) + (_noteLines.Count * _note.Size)) * Leading) + GapBelow;
    }

    /// <summary>The block's height in points, with the gap below it.</summary>
    public float Height { get; }

    /// <summary>Puts the block at the top of a page.</summary>
    public void Set(PageText page, TextSetter setter, Paper paper)
    {
        var y = Paper.Margin;
        foreach (var line in _titleLines)
            y = SetLine(page, setter, paper, line, _title, y);

        foreach (var line in _noteLines)
            y = SetLine(page, setter, paper, line, _note, y);
    }

    /// <summary>The number of records, and when the file was made: one sentence each.</summary>
    public static string Facts(FileLayout layout)
    {
        var rows = layout.RowsExpected == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{layout.RowsExpected:N0} records");
        var created = TimeZoneInfo.ConvertTime(layout.CreatedAt, layout.TimeZone);
        var time = created.ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);
        var isUtc = layout.TimeZone.HasSameRules(TimeZoneInfo.Utc);
        var zone = isUtc ? "UTC" : $"{layout.TimeZone.Id} (UTC{(created.Offset < TimeSpan.Zero ? '-' : '+')}{created.Offset:hh\\:mm})";
        var times = layout.Columns.Any(column => column.Type == ColumnType.Timestamp) ? $" · Times are in {(isUtc ? "UTC" : layout.TimeZone.Id)}" : "";
        return $"{rows} · Created {time} {zone}{times}";
    }

    private static float SetLine(PageText page, TextSetter setter, Paper paper, string line, TextStyle style, float y)
    {
        setter.Set(page, line, style, new TextBox(Paper.Margin, paper.FrameWidth, y + style.Size));
        return y + (style.Size * Leading);
    }
}
