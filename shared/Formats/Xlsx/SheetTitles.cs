using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>What the header's cells say: the columns' titles, and the zone where one counts.</summary>
internal static class SheetTitles
{
    // What Excel takes as the name of a table's column.
    private const int MaxNameLength = 255;

    /// <summary>
    /// The titles, in output order. In a table they differ from each other and aren't empty, or Excel would repair the file.
    /// </summary>
    /// <param name="layout">What the file looks like.</param>
    public static string[] Of(FileLayout layout)
    {
        string[] titles = [.. layout.Columns.Select(layout.HeadingOf)];
        if (!layout.Options.Table)
            return titles;

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < titles.Length; i++)
        {
            var name = Clean(titles[i]);
            titles[i] = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"Column{i + 1}");
            for (var n = 2; !taken.Add(titles[i]); n++)
                titles[i] = WithNumber(name, n);
        }

        return titles;
    }

    private static string WithNumber(string name, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $" {number}");
        return Truncate(name, MaxNameLength - suffix.Length) + suffix;
    }

    // The name in the table and the text in the cell must agree; without line breaks and control characters there is one way to write both.
    private static string Clean(string title)
    {
        var name = new StringBuilder(title.Length);
        foreach (var rune in title.EnumerateRunes())
            name.Append(rune.Value is 0xFFFE or 0xFFFF || Rune.IsControl(rune) ? " " : rune.ToString());

        return Truncate(name.ToString().Trim(), MaxNameLength);
    }

    private static string Truncate(string name, int length)
    {
        if (name.Length <= length)
            return name;

        return char.IsHighSurrogate(name[length - 1]) ? name[..(length - 1)] : name[..length];
    }
}
