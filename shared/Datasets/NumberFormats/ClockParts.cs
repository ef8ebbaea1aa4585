namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Distinguishes minutes from months and fractions of a second from plain points, and determines the length of names.</summary>
internal static class ClockParts
{
    private const int MaxFractionDigits = 3;

    /// <summary>The parts of a date and time section.</summary>
    /// <param name="parts">The parts from the lexer.</param>
    /// <param name="fail">Reports an error and its position.</param>
    public static List<FormatPart> Of(FormatPart[] parts, Action<int, string> fail)
    {
        var result = new List<FormatPart>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            switch (part.Kind)
            {
                case FormatPartKind.Point when FractionDigits(parts, i) is > 0 and var digits:
                    if (digits > MaxFractionDigits)
                        fail(part.Position, $"a second has at most {MaxFractionDigits} digits behind the point");

                    result.Add(new FormatPart(FormatPartKind.SecondFraction, part.Position, part.Text, digits));
                    i += digits;
                    break;
                case FormatPartKind.Month when part.Count <= 2 && IsMinute(parts, i):
                    result.Add(part with { Kind = FormatPartKind.Minute });
                    break;
                case FormatPartKind.Month:
                    result.Add(part with { Count = part.Count > 5 ? 4 : part.Count });
                    break;
                case FormatPartKind.Day:
                    result.Add(part with { Count = Math.Min(part.Count, 4) });
                    break;
                case FormatPartKind.Year:
                    result.Add(part with { Count = part.Count <= 2 && part.Text[0] is 'y' or 'Y' && part.Count <= 2 ? 2 : 4 });
                    break;
                case FormatPartKind.BuddhistYear:
                    result.Add(part with { Count = part.Count <= 2 ? 2 : 4 });
                    break;
                case FormatPartKind.Hour or FormatPartKind.Second:
                    result.Add(part with { Count = Math.Min(part.Count, 2) });
                    break;
                case FormatPartKind.Comma or FormatPartKind.Point:
                    result.Add(part with { Kind = FormatPartKind.Literal });
                    break;
                default:
                    result.Add(part);
                    break;
            }
        }

        return result;
    }

    /// <summary>True when a digit belongs to a fraction of a second.</summary>
    /// <param name="parts">The parts from the lexer.</param>
    /// <param name="digit">One of them.</param>
    public static bool IsSecondFraction(FormatPart[] parts, FormatPart digit)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var behind = digit.Position - parts[i].Position;
            if (parts[i].Kind == FormatPartKind.Point && behind > 0 && behind <= FractionDigits(parts, i))
                return true;
        }

        return false;
    }

    // The zeros after a point that follows seconds.
    private static int FractionDigits(FormatPart[] parts, int point)
    {
        if (point == 0 || parts[point - 1].Kind is not (FormatPartKind.Second or FormatPartKind.ElapsedSeconds))
            return 0;

        var digits = 0;
        while (point + 1 + digits < parts.Length && parts[point + 1 + digits] is { Kind: FormatPartKind.Digit, Text: "0" })
            digits++;

        return digits;
    }

    // After the hour or before the second, whatever text stands in between.
    private static bool IsMinute(FormatPart[] parts, int month)
    {
        var before = Array.FindLastIndex(parts, month, part => part.IsClock && part != parts[month]);
        var after = Array.FindIndex(parts, month + 1, part => part.IsClock);
        return (before >= 0 && parts[before].Kind is FormatPartKind.Hour or FormatPartKind.ElapsedHours)
            || (after >= 0 && parts[after].Kind is FormatPartKind.Second or FormatPartKind.ElapsedSeconds);
    }
}
