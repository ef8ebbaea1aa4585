using System.Buffers;
using System.Text;

namespace ExportFunctions.Datasets.Filters;

/// <summary>
/// Removes letter case from texts, the same way for every source: Unicode's simple case folding, letter by letter and independent of
/// language, so that the final sigma is a sigma; plus full folding for two letters of living languages whose other case has two characters:
/// ß and ẞ become ss, İ becomes i with a dot above. Accents are kept, and so is the dotless ı.
/// (https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt)
/// </summary>
internal static class CaseFolding
{
    /// <summary>
    /// Lower-case letters that fold to another lower-case letter: the one in <see cref="VariantFolds"/> at the same index.
    /// </summary>
    public const string Variants =
        "\u00B5\u017F\u0345\u03C2\u03D0\u03D1\u03D5\u03D6\u03F0\u03F1\u03F5"
        + "\u1C80\u1C81\u1C82\u1C83\u1C84\u1C85\u1C86\u1C87\u1C88\u1E9B\u1FBE\u1FD3\u1FE3\uFB05";

    /// <summary>The letters that <see cref="Variants"/> fold to.</summary>
    public const string VariantFolds =
        "\u03BC\u0073\u03B9\u03C3\u03B2\u03B8\u03C6\u03C0\u03BA\u03C1\u03B5"
        + "\u0432\u0434\u043E\u0441\u0442\u0442\u044A\u0463\uA64B\u1E61\u03B9\u0390\u03B0\uFB06";

    private const char SharpS = '\u00DF';
    private const char CapitalSharpS = '\u1E9E';
    private const char CapitalDottedI = '\u0130';
    private const string FoldedSharpS = "ss";
    private const string FoldedDottedI = "i\u0307";

    private static readonly SearchValues<char> Special = SearchValues.Create($"{Variants}{SharpS}{CapitalSharpS}{CapitalDottedI}");

    /// <summary>The text without letter case: two texts differ in letter case only if their results are identical.</summary>
    /// <param name="text">Any text.</param>
    public static string Fold(string text)
    {
        // The invariant lower case is the simple mapping of each letter, except for İ, which stays unchanged.
        var lower = text.ToLowerInvariant();
        var next = lower.AsSpan().IndexOfAny(Special);
        if (next < 0)
            return lower;

        var folded = new StringBuilder(lower.Length + 8);
        var rest = lower.AsSpan();
        for (; next >= 0; next = rest.IndexOfAny(Special))
        {
            folded.Append(rest[..next]);
            Append(folded, rest[next]);
            rest = rest[(next + 1)..];
        }

        return folded.Append(rest).ToString();
    }

    private static void Append(StringBuilder folded, char letter)
    {
        if (letter is SharpS or CapitalSharpS)
            folded.Append(FoldedSharpS);
        else if (letter == CapitalDottedI)
            folded.Append(FoldedDottedI);
        else
            folded.Append(VariantFolds[Variants.IndexOf(letter, StringComparison.Ordinal)]);
    }
}
