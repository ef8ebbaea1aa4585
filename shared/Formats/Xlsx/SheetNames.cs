using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Makes sheet names that Excel accepts: 1 to 31 characters, none of <c>[ ] : * ? / \</c>, no apostrophe at an end, not <c>History</c>.
/// </summary>
internal static class SheetNames
{
    /// <summary>The name of one of a title's sheets; later ones carry their number, so that all differ.</summary>
    /// <param name="title">The file's title.</param>
    /// <param name="number">The sheet's number, from 1.</param>
    public static string Of(string title, int number)
    {
        var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({number})");
        var name = Truncate(Clean(title), XlsxLimits.SheetName - suffix.Length).Trim(' ', '\'');
        if (name.Length == 0 || string.Equals(name, "History", StringComparison.OrdinalIgnoreCase))
            name = "Sheet";

        return name + suffix;
    }

    private static string Clean(string title)
    {
        var name = new StringBuilder(title.Length);
        foreach (var rune in title.EnumerateRunes())
        {
            if (rune.Value is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or 0xFFFE or 0xFFFF || Rune.IsControl(rune))
                name.Append(' ');
            else
                name.Append(rune.ToString());
        }

        return name.ToString().Trim(' ', '\'');
    }

    private static string Truncate(string name, int length)
    {
        if (name.Length <= length)
            return name;

        return char.IsHighSurrogate(name[length - 1]) ? name[..(length - 1)] : name[..length];
    }
}
