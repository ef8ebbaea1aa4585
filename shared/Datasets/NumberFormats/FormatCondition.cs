using System.Globalization;

namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Which numbers a section applies to, such as <c>[&gt;=100]</c>.</summary>
/// <param name="Comparison">The operator: <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</param>
/// <param name="Limit">The number compared with.</param>
internal readonly record struct FormatCondition(string Comparison, decimal Limit)
{
    // Longer ones first: "<" is a prefix of others.
    private static readonly string[] Comparisons = ["<>", "<=", ">=", "<", ">", "="];

    /// <summary>True when only negative numbers meet it, so that the sign is redundant.</summary>
    public bool IsNegativeOnly => (Comparison == "<" && Limit <= 0) || (Comparison is "<=" or "=" && Limit < 0);

    /// <summary>True when the text between the brackets is meant as a condition.</summary>
    public static bool IsCondition(string text) => text is ['<' or '>' or '=', ..];

    /// <summary>Reads the text between the brackets; null when it is no condition.</summary>
    public static FormatCondition? Read(string text)
    {
        var comparison = Array.Find(Comparisons, sign => text.StartsWith(sign, StringComparison.Ordinal));
        if (comparison is null
            || !decimal.TryParse(text.AsSpan(comparison.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
            return null;

        return new FormatCondition(comparison, limit);
    }

    /// <summary>True when a number meets it.</summary>
    public bool IsMetBy(decimal value) => Comparison switch
    {
        "=" => value == Limit,
        "<>" => value != Limit,
        "<" => value < Limit,
        "<=" => value <= Limit,
        ">" => value > Limit,
        _ => value >= Limit,
    };
}
