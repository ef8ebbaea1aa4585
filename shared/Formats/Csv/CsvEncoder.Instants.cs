using System.Globalization;
using System.Runtime.InteropServices;

namespace ExportFunctions.Formats.Csv;

/// <content>Dates and timestamps, in ISO 8601 or a pattern of the request.</content>
internal sealed partial class CsvEncoder
{
    private int WriteDate(ref byte to, DateOnly date)
    {
        if (_dialect.DateFormat is not { } pattern)
            return CsvIso.WriteDate(ref to, date);

        date.TryFormat(MemoryMarshal.CreateSpan(ref to, CsvPattern.MaxBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private int WriteLocalTimestamp(ref byte to, DateTime local)
    {
        if (_dialect.TimestampFormat is not { } pattern)
            return CsvIso.WriteLocalTimestamp(ref to, local);

        local.TryFormat(MemoryMarshal.CreateSpan(ref to, CsvPattern.MaxBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private int WriteTimestamp(ref byte to, DateTime utc)
    {
        var local = _clock.Show(utc, out var offset);
        if (_dialect.TimestampFormat is not { } pattern)
            return CsvIso.WriteTimestamp(ref to, local, offset, _clock.IsUtc);

        new DateTimeOffset(local, offset).TryFormat(MemoryMarshal.CreateSpan(ref to, CsvPattern.MaxBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }
}
