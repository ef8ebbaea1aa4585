using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>
/// Formats values by a number format as a spreadsheet does, in UTF-8 and without allocating per value. Numbers are rounded exactly, half
/// away from zero; dates and times are truncated to the displayed precision. Thread-safe.
/// </summary>
/// <remarks>
/// Differences from Excel: all digits of a number count, not 15; <c>General</c> shows them all, not 11 characters; dates before 1900 are
/// shown; a number that rounds to zero has no minus sign; a number that no section applies to is shown unformatted, not as <c>####</c>;
/// times are truncated, not rounded to seconds.
/// </remarks>
internal sealed class ValueFormatter
{
    private readonly NumberFormat _format;
    private readonly SectionWriter[] _writers;
    private readonly SectionWriter _general;

    /// <summary>Prepares a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="culture">The signs and names to use.</param>
    public ValueFormatter(NumberFormat format, FormatCulture culture)
    {
        _format = format;
        _general = SectionWriter.Of(FormatSection.General, culture);
        _writers = [.. format.ValueSections.Select(section => SectionWriter.Of(section, culture))];
        MaxBytes = Math.Max(_general.MaxBytes, _writers.Length == 0 ? 0 : _writers.Max(writer => writer.MaxBytes));
    }

    /// <summary>The buffer size that fits any value.</summary>
    public int MaxBytes { get; }

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="target">At least <see cref="MaxBytes"/> bytes.</param>
    /// <param name="color">The colour that the format gives it; null without one.</param>
    /// <returns>The bytes written.</returns>
    public int Write(decimal value, Span<byte> target, out FormatColor? color)
    {
        var writer = new ByteWriter(target);
        var section = Find(value, out var isSigned);
        section.Write(value, isSigned, ref writer);
        color = section.Color;
        return writer.Length;
    }

    /// <summary>Writes a date, a time of day (on any day) or both.</summary>
    /// <param name="time">The wall-clock time.</param>
    /// <param name="target">At least <see cref="MaxBytes"/> bytes.</param>
    /// <param name="color">The colour that the format gives it; null without one.</param>
    /// <returns>The bytes written.</returns>
    public int Write(DateTime time, Span<byte> target, out FormatColor? color)
    {
        var writer = new ByteWriter(target);
        var section = _writers[0];
        if (_format.ValueSections[0].Condition is not null)
            section = Find(time.Ticks / (decimal)TimeSpan.TicksPerDay, out _);

        color = section.Color;
        if (section is ClockWriter clock)
            clock.Write(time, ref writer);
        else
            section.Write(0, isSigned: false, ref writer);

        return writer.Length;
    }

    private SectionWriter Find(decimal value, out bool isSigned)
    {
        isSigned = true;
        if (_writers.Length == 1 && _format.ValueSections[0].Condition is null)
            return _writers[0];

        var index = _format.SectionFor(value, out isSigned);
        return index < 0 ? _general : _writers[index];
    }
}
