using System.Text.RegularExpressions;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>The characters that names in the datasets file may have; they appear in URLs, JSON paths and file names.</summary>
internal static partial class DefinitionNames
{
    /// <summary>Reads a dataset's or source's name; characters other than letters, digits, <c>_</c> and <c>-</c> are an error.</summary>
    public static string? Name(DefinitionObject definition) =>
        Check(definition, definition.RequiredText("name", "a name"));

    /// <summary>Checks a dataset's or source's name.</summary>
    public static string? Check(DefinitionObject definition, string? name)
    {
        if (name is null || NamePattern().IsMatch(name))
            return name;

        definition.Fault("name", $"\"{name}\" must be 1 to 64 letters (a-z, A-Z), digits, underscores or hyphens.");
        return null;
    }

    /// <summary>Reads a column's name: like a dataset's, but without hyphens, which mark a descending sort.</summary>
    public static string? ColumnName(DefinitionObject definition)
    {
        var name = definition.RequiredText("name", "a name");
        if (name is null || ColumnPattern().IsMatch(name))
            return name;

        definition.Fault("name", $"\"{name}\" must be 1 to 64 letters (a-z, A-Z), digits or underscores.");
        return null;
    }

    /// <summary>Reads a title; the fallback when there is none.</summary>
    public static string? Title(DefinitionObject definition, string? fallback)
    {
        if (!definition.Has("title"))
            return fallback;

        var title = definition.OptionalText("title");
        if (title is null || (title.Length <= 200 && !title.Any(char.IsControl)))
            return title;

        definition.Fault("title", "must have at most 200 characters and no control characters.");
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9_]{1,64}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnPattern();
}
