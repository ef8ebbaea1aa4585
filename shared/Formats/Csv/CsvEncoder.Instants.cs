using System.Globalization;

namespace ExportFunctions.Formats.Csv;

/// <content>Dates and timestamps, in ISO 8601 or a pattern of the request.</content>
internal sealed partial class CsvEncoder
{
    private int WriteDate(Span<byte> to, DateOnly date)
    {
        if (_dialect.DateFormat is { } pattern)
        {
            date.TryFormat(to, out var length, pattern, CultureInfo.InvariantCulture);
            return length;
        }

        var (year, month, day) = date;
        return CsvDigits.WriteDate(to, year, month, day);
    }

    private int WriteTimestamp(Span<byte> to, DateTime utc)
    {
        var local = _clock.Show(utc, out var offset);
        if (_dialect.TimestampFormat is not { } pattern)
            return CsvDigits.WriteTimestamp(to, local, offset, _clock.IsUtc);

        new DateTimeOffset(local, offset).TryFormat(to, out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }
}
