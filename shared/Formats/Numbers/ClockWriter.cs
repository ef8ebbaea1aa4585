using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>
/// Formats dates and times. They are truncated to the section's precision, never rounded up: the last second of a day stays on its day.
/// </summary>
internal sealed class ClockWriter : SectionWriter
{
    private static readonly long[] FractionTicks =
        [TimeSpan.TicksPerSecond, TimeSpan.TicksPerSecond / 10, TimeSpan.TicksPerSecond / 100, TimeSpan.TicksPerSecond / 1000];

    // More days than a spreadsheet counts.
    private const decimal MaxDays = 10_000_000;

    private readonly ClockNames _names;
    private readonly bool _isHalfDay;
    private readonly bool _hasDay;
    private readonly long _unit;

    /// <summary>Prepares a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="culture">The signs and names to use.</param>
    public ClockWriter(FormatSection section, FormatCulture culture)
        : base(section, culture)
    {
        _names = culture.NamesOf(section.Locale);
        _isHalfDay = section.Parts.Any(part => part.Kind is FormatPartKind.HalfDay or FormatPartKind.HalfDayLetter);
        _hasDay = section.Parts.Any(part => part is { Kind: FormatPartKind.Day, Count: <= 2 });
        _unit = FractionTicks[section.Parts.Max(part => part.Kind == FormatPartKind.SecondFraction ? part.Count : 0)];
    }

    /// <inheritdoc/>
    public override int MaxBytes => base.MaxBytes
        + Section.Parts.Sum(part => part.IsClock ? Math.Max(24, _names.MaxBytes) : Culture.DateSign.Length + Culture.TimeSign.Length);

    /// <summary>Writes a wall-clock time.</summary>
    public void Write(DateTime time, ref ByteWriter writer) => WriteParts(time, time.TimeOfDay.Ticks, ref writer);

    /// <summary>Writes a number of days, rounded to the section's precision: the fraction of a day is seldom exact.</summary>
    /// <inheritdoc/>
    public override void Write(decimal value, bool isSigned, ref ByteWriter writer)
    {
        if (Math.Abs(value) > MaxDays)
        {
            new GeneralWriter(FormatSection.General, Culture).Write(value, isSigned, ref writer);
            return;
        }

        var units = (long)decimal.Round(Math.Abs(value) * (TimeSpan.TicksPerDay / _unit), MidpointRounding.AwayFromZero);
        if (isSigned && value < 0 && units > 0)
            writer.Add((byte)'-');

        WriteParts(new DateTime(units * _unit % TimeSpan.TicksPerDay), units * _unit, ref writer);
    }

    private void WriteParts(DateTime time, long elapsed, ref ByteWriter writer)
    {
        foreach (ref readonly var part in Parts.AsSpan())
        {
            switch (part.Kind)
            {
                case FormatPartKind.Year:
                    WriteYear(time.Year, part.Count, ref writer);
                    break;
                case FormatPartKind.BuddhistYear:
                    WriteYear(time.Year + 543, part.Count, ref writer);
                    break;
                case FormatPartKind.Month when part.Count > 2:
                    writer.Add(_names.Month(time.Month, part.Count, _hasDay));
                    break;
                case FormatPartKind.Month:
                    WriteShort(time.Month, part.Count, ref writer);
                    break;
                case FormatPartKind.Day when part.Count > 2:
                    writer.Add(_names.Day(time.DayOfWeek, part.Count));
                    break;
                case FormatPartKind.Day:
                    WriteShort(time.Day, part.Count, ref writer);
                    break;
                case FormatPartKind.Hour:
                    WriteShort(_isHalfDay ? ((time.Hour + 11) % 12) + 1 : time.Hour, part.Count, ref writer);
                    break;
                case FormatPartKind.Minute:
                    WriteShort(time.Minute, part.Count, ref writer);
                    break;
                case FormatPartKind.Second:
                    WriteShort(time.Second, part.Count, ref writer);
                    break;
                case FormatPartKind.SecondFraction:
                    writer.Add(Culture.DecimalSign);
                    writer.Add(time.Ticks % TimeSpan.TicksPerSecond / FractionTicks[part.Count], part.Count);
                    break;
                case FormatPartKind.HalfDay:
                    writer.Add(time.Hour < 12 ? _names.BeforeNoon : _names.AfterNoon);
                    break;
                case FormatPartKind.HalfDayLetter:
                    writer.Add(part.Text[time.Hour < 12 ? 0 : 2]);
                    break;
                case FormatPartKind.ElapsedHours:
                    writer.Add(elapsed / TimeSpan.TicksPerHour, part.Count);
                    break;
                case FormatPartKind.ElapsedMinutes:
                    writer.Add(elapsed / TimeSpan.TicksPerMinute, part.Count);
                    break;
                case FormatPartKind.ElapsedSeconds:
                    writer.Add(elapsed / TimeSpan.TicksPerSecond, part.Count);
                    break;
                case FormatPartKind.Slash:
                    writer.Add(Culture.DateSign);
                    break;
                case FormatPartKind.TimeSeparator:
                    writer.Add(Culture.TimeSign);
                    break;
                default:
                    WriteText(part, ref writer);
                    break;
            }
        }
    }

    private static void WriteYear(int year, int digits, ref ByteWriter writer)
    {
        if (digits > 2)
            writer.Add(year, digits);
        else
            WriteTwo(year % 100, ref writer);
    }

    private static void WriteShort(int number, int digits, ref ByteWriter writer)
    {
        if (digits == 2 || number >= 10)
            WriteTwo(number, ref writer);
        else
            writer.Add((byte)('0' + number));
    }

    private static void WriteTwo(int number, ref ByteWriter writer)
    {
        writer.Add((byte)('0' + (number / 10)));
        writer.Add((byte)('0' + (number % 10)));
    }
}
