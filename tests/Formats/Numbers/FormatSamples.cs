namespace ExportFunctions.Tests.Formats.Numbers;

/// <summary>Number formats and values to show by them, the same for the same seed.</summary>
internal static class FormatSamples
{
    private static readonly string[] Integers =
        ["0", "#", "00", "000", "#,##0", "#,###", "0,000", "??0", "?,??0", "#0", "0#", "000-000", "(###) ###-####"];
    private static readonly string[] Decimals = ["", ".0", ".00", ".000", ".#", ".##", ".0#", ".0##", ".??", ".0?"];
    private static readonly string[] Ends = ["", "", "", "%", ",", ",,", " \"kg\"", "\\ €", "_)", " x"];
    private static readonly string[] Starts = ["", "", "", "$", "\"Total: \"", "[$€-408]\\ ", "-", "(", "_("];
    private static readonly string[] Settings = ["", "", "", "", "[Red]", "[Color 10]", "[$-409]"];
    private static readonly string[] Scientific = ["0E+0", "0.0E+00", "0.00E-0", "##0.0E+0", "0.##E+000", "#0.0E+0"];

    /// <summary>Formats of common fractions.</summary>
    public static readonly string[] Fractions =
        ["# ?/?", "# ??/??", "# ???/???", "?/?", "??/??", "# ?/2", "# ?/4", "# ?/8", "# ??/16", "# ??/100", "0 0/0"];

    /// <summary>Formats of dates and times.</summary>
    public static readonly string[] Clocks =
    [
        "yyyy-mm-dd",
        "d/m/yy",
        "dd/mm/yyyy hh:mm:ss",
        "m/d/yyyy h:mm AM/PM",
        "d-mmm-yy",
        "dddd, d mmmm yyyy",
        "ddd dd mmm",
        "mmmmm",
        "h:mm",
        "mm:ss",
        "hh:mm:ss.000",
        "ss.0",
        "h \"h\" m \"min\"",
        "yyyy\\.mm\\.dd",
        "[$-409]d\\-mmm\\-yyyy;@",
        "mmmm yyyy",
        "yy",
        "h AM/PM",
        "hh:mm A/P",
        "dd.mm.yyyy",
        "yyyy\"W\"",
        "d mmm, yyyy",
        "s",
        "m",
        "h:m:s",
    ];

    /// <summary>A format of numbers: digits, exponents, fractions, in up to four sections.</summary>
    public static string Number(Random random) => random.Next(12) switch
    {
        0 => Pick(random, Scientific),
        1 => Pick(random, Fractions),
        2 => "General",
        3 => $"{Pick(random, Settings)}{Section(random)};{Pick(random, Settings)}{Section(random)}",
        4 => $"{Pick(random, Settings)}{Section(random)};[Red]-{Section(random)};\"zero\"",
        5 => $"{Section(random)};({Section(random)});\"-\"??;@",
        6 => $"[>=100]{Section(random)};[<=-100]{Pick(random, Settings)}{Section(random)};{Section(random)}",
        _ => Pick(random, Settings) + Section(random),
    };

    /// <summary>A number of at most 12 digits, so that binary floats hold it.</summary>
    public static decimal Value(Random random)
    {
        var digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 13)));
        var value = new decimal((int)digits, (int)(digits >> 32), 0, random.Next(3) == 0, (byte)random.Next(random.Next(2) == 0 ? 1 : 7));
        return random.Next(12) == 0 ? 0 : value == 0 ? 0 : value;
    }

    private static string Section(Random random)
    {
        var start = Pick(random, Starts);
        return start + Pick(random, Integers) + Pick(
            random, Decimals) + Pick(random, Ends).Replace(" x", "\" x\"", StringComparison.Ordinal) + (start is "(" or "_(" ? ")" : "");
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
