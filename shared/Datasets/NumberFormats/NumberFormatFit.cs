namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>
/// Detects formats that would make a spreadsheet show nonsense: a date format for numbers, digits for dates, a time of day for dates.
/// </summary>
internal static class NumberFormatFit
{
    /// <summary>Why a format doesn't suit a column; null when it does.</summary>
    /// <param name="format">The format.</param>
    /// <param name="type">The column's type.</param>
    public static string? Find(NumberFormat format, ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Identifier => FindForText(format),
        ColumnType.Boolean => IsGeneral(format) ? null : "is for numbers, dates and times; a boolean is shown as it is.",
        ColumnType.Integer or ColumnType.Decimal => FindForNumber(format, type),
        _ => FindForClock(format, type),
    };

    private static bool IsGeneral(NumberFormat format) => format.Sections is [{ Kind: SectionKind.General }];

    private static string? FindForText(NumberFormat format) => IsGeneral(format) || format.Text == "@"
        ? null
        : "is for numbers, dates and times; a text is shown as it is. Leave it out, or give @.";

    private static string? FindForNumber(NumberFormat format, ColumnType type)
    {
        if (format.ValueSections.Count == 0)
            return $"\"{format.Text}\" is for text, and the column holds numbers; give one such as 0.00, or make the column an identifier.";

        var clock = format.ValueSections.FirstOrDefault(section => section.Kind == SectionKind.Clock);
        if (clock is null)
            return null;

        // Decimals may hold days.
        if (type == ColumnType.Decimal && clock.Parts.Any(part => part.IsElapsed) && !clock.Parts.Any(part => part.IsCalendar))
            return null;

        return $"\"{format.Text}\" is for dates and times, and the column holds numbers; give one such as #,##0.00.";
    }

    private static string? FindForClock(NumberFormat format, ColumnType type)
    {
        var (held, example) = type switch
        {
            ColumnType.Date => ("dates", "dd/mm/yyyy"),
            ColumnType.Time => ("times of day", "hh:mm:ss"),
            _ => ("dates and times", "dd/mm/yyyy hh:mm:ss"),
        };
        var sections = format.ValueSections;
        var parts = sections.SelectMany(section => section.Parts).ToList();
        var shown = sections switch
        {
            [] => "is for text",
            [{ Kind: not SectionKind.Clock }, ..] => "is for numbers",
            _ when sections.Any(section => section.Kind is not (SectionKind.Clock or SectionKind.Literal)) => "is for numbers as well",
            _ when type == ColumnType.Date && !parts.Exists(part => part.IsCalendar) => "shows the time of day",
            _ when type == ColumnType.Time && parts.Exists(part => part.IsCalendar) => "shows a date",
            _ when type != ColumnType.Time && parts.Exists(part => part.IsElapsed) => "counts time since a start",
            _ => null,
        };
        return shown is null ? null : $"\"{format.Text}\" {shown}, and the column holds {held}; give one such as {example}.";
    }
}
