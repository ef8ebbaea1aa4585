using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Classifies what stands in brackets: a color, a condition, a currency with its locale, or elapsed time.</summary>
internal static class FormatBrackets
{
    private const string Expected =
        "expected a colour such as [Red], a condition such as [>=100], a currency such as [$€-408] or elapsed time such as [h]";

    /// <summary>Classifies the content of brackets.</summary>
    /// <param name="inside">What stands between them.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>The error; null when there is none.</returns>
    public static string? Find(string inside, out FormatPartKind kind)
    {
        kind = FormatPartKind.Setting;
        if (inside.StartsWith('$'))
        {
            return FormatLocale.Read(inside) is null
                ? $"[{inside}] is no currency or locale; expected one such as [$€-408], [$-408] or [$-el-GR]"
                : null;
        }

        if (FormatCondition.IsCondition(inside))
        {
            return FormatCondition.Read(inside) is null
                ? $"[{inside}] is no condition; expected = <> < <= > or >= and a number, such as [>=100]"
                : null;
        }

        if (ElapsedPart(inside) is { } elapsed)
        {
            kind = elapsed;
            return null;
        }

        // Numerals of East Asian scripts: accepted, but rendered as plain digits outside of a spreadsheet.
        if (FormatColor.Find(inside) is not null || IsNumeralStyle(inside))
            return null;

        if (inside.Length == 0)
            return $"the brackets are empty; {Expected}";

        return NearestName.Find(inside, FormatColor.KnownNames) is { } nearest
            ? $"[{inside}] means nothing; did you mean \"{nearest}\"? {Expected}"
            : $"[{inside}] means nothing; {Expected}";
    }

    private static FormatPartKind? ElapsedPart(string inside)
    {
        if (inside.Length == 0 || inside.ToLowerInvariant().AsSpan().IndexOfAnyExcept(char.ToLowerInvariant(inside[0])) >= 0)
            return null;

        return inside[0] switch
        {
            'h' or 'H' => FormatPartKind.ElapsedHours,
            'm' or 'M' => FormatPartKind.ElapsedMinutes,
            's' or 'S' => FormatPartKind.ElapsedSeconds,
            _ => null,
        };
    }

    private static bool IsNumeralStyle(string inside) =>
        inside.StartsWith("DBNum", StringComparison.OrdinalIgnoreCase) && inside.Length == 6 && inside[5] is >= '1' and <= '4';
}
