using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>The line under the title: the number of records, when the file was made, and the zone of its times.</summary>
internal static class TitleFacts
{
    /// <summary>The line for a layout.</summary>
    public static string Of(FileLayout layout)
    {
        var rows = layout.RowsExpected == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{layout.RowsExpected:N0} records");
        var created = TimeZoneInfo.ConvertTime(layout.CreatedAt, layout.TimeZone);
        var time = created.ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);
        var isUtc = layout.TimeZone.HasSameRules(TimeZoneInfo.Utc);
        var zone = isUtc ? "UTC" : $"{layout.TimeZone.Id} (UTC{(created.Offset < TimeSpan.Zero ? '-' : '+')}{created.Offset:hh\\:mm})";
        var times = layout.Columns.Any(column => column.Type == ColumnType.Timestamp) ? $" · Times are in {(isUtc ? "UTC" : layout.TimeZone.Id)}" : "";
        return $"{rows} · Created {time} {zone}{times}";
    }
}
