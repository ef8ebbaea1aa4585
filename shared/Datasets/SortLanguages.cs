using System.Collections.Frozen;
using System.Globalization;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>The languages whose order texts can be sorted in, by their BCP 47 names: those that ICU, or Windows, has data for.</summary>
internal static class SortLanguages
{
    // Empty where the host runs without ICU, in the invariant mode: its only culture has no name.
    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(() => CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Select(culture => culture.Name)
        .Where(name => name.Length > 0)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase));

    /// <summary>A language's name as it is written by the standard; null when there is no such language.</summary>
    /// <param name="name">The name in any letter case.</param>
    public static string? Find(string name) => Names.Value.GetValueOrDefault(name);

    /// <summary>What to say of what must be the name of a language.</summary>
    public const string Expected = "Must be a language by its name in BCP 47, such as \"el\", \"de-AT\" or \"zh-Hant\".";

    /// <summary>What to say about a name that is no language's.</summary>
    /// <param name="name">The name as it was written.</param>
    public static string UnknownMessage(string name)
    {
        if (Names.Value.Count == 0)
            return "Can't be had: this host runs without the languages' data (ICU). Leave it out, or have the host set up with ICU.";

        return $"Unknown language{NearestName.Suggest(name, Names.Value.Keys)} {Expected}";
    }

    /// <summary>The sort key of a text: sort keys compared by their bytes are in the language's order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">The language's name.</param>
    public static byte[] KeyOf(string text, string language) => CultureInfo.GetCultureInfo(language).CompareInfo.GetSortKey(text).KeyData;
}
