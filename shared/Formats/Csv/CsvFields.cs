using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Csv;

/// <summary>Writes single fields: text under an injection profile, decimals and timestamps.</summary>
/// <param name="csv">Where the fields go.</param>
/// <param name="profile">Who reads the file.</param>
/// <param name="numbers">The decimal sign.</param>
/// <param name="clock">The zone of timestamps.</param>
internal sealed class CsvFields(CsvWriter csv, InjectionProfile profile, IFormatProvider numbers, ZoneClock clock)
{
    private readonly ArrayBufferWriter<byte> _rewritten = new();

    /// <summary>The text fields in which NUL characters were replaced so far.</summary>
    public long NulsReplaced { get; private set; }

    /// <summary>Writes a column's heading: its title for people, its name for machines.</summary>
    public void WriteHeading(DatasetColumn column) =>
        WriteText(Encoding.UTF8.GetBytes(profile == InjectionProfile.Safe ? column.Title : column.Name));

    /// <summary>Writes an empty field.</summary>
    public void WriteNull() => csv.WriteField(ReadOnlySpan<byte>.Empty);

    /// <summary>Writes a text; the safe profile defuses what a spreadsheet would run.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            csv.WriteField("", CsvQuoting.Always);
        else if (profile == InjectionProfile.Raw)
            csv.WriteField(text);
        else
            WriteSafely(text);
    }

    /// <summary>Writes a decimal with all digits of its column's scale.</summary>
    public void WriteDecimal(decimal value, int scale, string format)
    {
        // Rounding first, so that what rounds to zero has no minus sign.
        var rounded = decimal.Round(value, scale, MidpointRounding.AwayFromZero);
        csv.WriteField(rounded == 0 ? 0m : rounded, format, numbers);
    }

    /// <summary>Writes an instant in the export's zone.</summary>
    public void WriteTimestamp(DateTime utc)
    {
        Span<byte> field = stackalloc byte[40];
        var local = clock.Show(utc, out var offset);
        local.TryFormat(field, out var length, "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        if (clock.IsUtc)
            field[length++] = (byte)'Z';
        else
            length += FormatOffset(offset, field[length..]);

        csv.WriteField(field[..length]);
    }

    private static int FormatOffset(TimeSpan offset, Span<byte> field)
    {
        field[0] = offset < TimeSpan.Zero ? (byte)'-' : (byte)'+';
        offset.TryFormat(field[1..], out var length, @"hh\:mm", CultureInfo.InvariantCulture);
        return length + 1;
    }

    private void WriteSafely(ReadOnlySpan<byte> text)
    {
        var isFormula = FormulaText.Begins(text);
        var hasNul = text.Contains((byte)0);
        if (!isFormula && !hasNul)
        {
            csv.WriteField(text);
            return;
        }

        _rewritten.ResetWrittenCount();
        if (isFormula)
            _rewritten.Write("'"u8);

        if (hasNul)
            ReplaceNuls(text);
        else
            _rewritten.Write(text);

        csv.WriteField(_rewritten.WrittenSpan);
    }

    private void ReplaceNuls(ReadOnlySpan<byte> text)
    {
        NulsReplaced++;
        for (var nul = text.IndexOf((byte)0); nul >= 0; nul = text.IndexOf((byte)0))
        {
            _rewritten.Write(text[..nul]);
            _rewritten.Write("\uFFFD"u8);
            text = text[(nul + 1)..];
        }

        _rewritten.Write(text);
    }
}
