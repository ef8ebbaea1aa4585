using System.Collections.Frozen;
using System.Globalization;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>The languages that texts can be sorted in, by their BCP 47 names: those that ICU, or Windows, has data for.</summary>
internal static class SortLanguages
{
    // Empty when the host runs without ICU, in invariant mode: its only culture has no name.
    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(() => CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Select(culture => culture.Name)
        .Where(name => name.Length > 0)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase));

    /// <summary>A language's name in standard spelling; null when there is no such language.</summary>
    /// <param name="name">The name in any letter case.</param>
    public static string? Find(string name) => Names.Value.GetValueOrDefault(name);

    /// <summary>The message for a value that must be a language name.</summary>
    public const string Expected = "Must be a language by its name in BCP 47, such as \"el\", \"de-AT\" or \"zh-Hant\".";

    /// <summary>The message for an unknown language name.</summary>
    /// <param name="name">The name as it was written.</param>
    public static string UnknownMessage(string name)
    {
        if (Names.Value.Count == 0)
            return "Can't be had: this host runs without the languages' data (ICU). Leave it out, or have the host set up with ICU.";

        return $"Unknown language{NearestName.Suggest(name, Names.Value.Keys)} {Expected}";
    }

    /// <summary>The sort key of a text: comparing sort keys bytewise gives the language's order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">The language's name.</param>
    public static byte[] KeyOf(string text, string language) => CultureInfo.GetCultureInfo(language).CompareInfo.GetSortKey(text).KeyData;
}
