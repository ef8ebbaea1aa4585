using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>The line under the title: the number of records, when the file was made, and the zone of its times.</summary>
internal static class TitleFacts
{
    /// <summary>The line for a layout.</summary>
    public static string Of(FileLayout layout)
    {
        var words = PageWords.Of(layout.Options);
        var rows = layout.RowsExpected == 1
            ? words.OneRecord
            : PageWords.Say(words.Records, layout.RowsExpected.ToString("N0", PageWords.CultureOf(layout.Options)));
        var created = TimeZoneInfo.ConvertTime(layout.CreatedAt, layout.TimeZone);
        var isUtc = layout.TimeZone.HasSameRules(TimeZoneInfo.Utc);
        var zone = isUtc ? "UTC" : $"{layout.TimeZone.Id} (UTC{(created.Offset < TimeSpan.Zero ? '-' : '+')}{created.Offset:hh\\:mm})";
        var time = PageWords.Say(words.Created, $"{created.ToString("d MMMM yyyy, HH:mm:ss", words.Culture)} {zone}");
        var hasTimes = layout.Columns.Any(column => column.Type == ColumnType.Timestamp);
        return hasTimes ? $"{rows} · {time} · {PageWords.Say(words.Times, isUtc ? "UTC" : layout.TimeZone.Id)}" : $"{rows} · {time}";
    }
}
