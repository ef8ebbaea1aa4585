using System.Globalization;

namespace ExportFunctions.Problems;

/// <summary>Validation messages, worded the same everywhere: each says what is valid, within which limits, and gives an example.</summary>
public static class FieldMessages
{
    /// <summary>For a required field that is missing.</summary>
    /// <param name="expected">What it must be: a sentence from this class.</param>
    public static string Required(string expected) => $"Required. {expected}";

    /// <summary>For a duplicate name, or a duplicate in a list.</summary>
    /// <param name="name">The name.</param>
    public static string Twice(string name) => $"Given twice. Keep one \"{NearestName.Shown(name)}\".";

    /// <summary>For an unknown field name: suggests the nearest known name and lists all of them.</summary>
    /// <param name="given">The name as it was written.</param>
    /// <param name="known">The known names.</param>
    /// <param name="meant">The candidates for the suggestion; null for the known names.</param>
    public static string UnknownField(string given, IReadOnlyCollection<string> known, IEnumerable<string>? meant = null) =>
        $"Unknown field{NearestName.Suggest(given, meant ?? known)} The fields are {string.Join(", ", known)}.";

    /// <summary>For a value that must be an object.</summary>
    /// <param name="example">A valid one, as JSON.</param>
    public static string Object(string example) => $"Must be a JSON object, such as {example}.";

    /// <summary>For a value that must be a list.</summary>
    /// <param name="items">The kind and number of items, such as <c>at most 20 e-mail addresses</c>.</param>
    /// <param name="example">A valid one, as JSON.</param>
    public static string List(string items, string example) => $"Must be a list of {items}, such as {example}.";

    /// <summary>For a value that must be a single line of text.</summary>
    /// <param name="maxLength">The maximum number of characters.</param>
    /// <param name="example">A valid one.</param>
    public static string Text(int maxLength, string example) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Must be a text of 1 to {maxLength} characters without control characters, such as \"{example}\".");

    /// <summary>For a value that must be true or false.</summary>
    /// <param name="example">Either of them.</param>
    public static string Flag(bool example = true) => $"Must be true or false, such as {(example ? "true" : "false")}.";

    /// <summary>For a value that must be an integer.</summary>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="example">A valid one, with any explanation.</param>
    public static string WholeNumber(long min, long max, string example) =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {min} to {max}, such as {example}.");

    /// <summary>For a value that must be an integer without an upper limit.</summary>
    /// <param name="min">The minimum.</param>
    /// <param name="example">A valid one.</param>
    public static string WholeNumber(long min, string example) =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a whole number, {min} or more, such as {example}.");

    /// <summary>For a value that must be a duration.</summary>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="example">A valid one.</param>
    public static string Duration(TimeSpan min, TimeSpan max, TimeSpan example) =>
        $"Must be a duration from {min:c} to {max:c}, such as \"{example:c}\".";

    /// <summary>For a value that must be one of a set of names.</summary>
    /// <param name="names">The valid names.</param>
    /// <param name="example">One of them; null for the first.</param>
    public static string OneOf(IReadOnlyCollection<string> names, string? example = null) => names.Count == 0
        ? "There is none that it could be."
        : $"Must be one of {string.Join(", ", names)}, such as \"{example ?? names.First()}\".";

    /// <summary>For a name that is not valid: suggests the nearest valid name and lists all of them.</summary>
    /// <param name="given">The name as it was written; null when it was not a string.</param>
    /// <param name="names">The valid names.</param>
    /// <param name="example">One of them; null for the nearest, or the first if none is near.</param>
    public static string NotOneOf(string? given, IReadOnlyCollection<string> names, string? example = null) => given is null
        ? OneOf(names, example)
        : $"Unknown name{NearestName.Suggest(given, names)} {OneOf(names, NearestName.Find(given, names) ?? example)}";
}
