using System.Globalization;

namespace ExportFunctions.Problems;

/// <summary>
/// What is said of fields that are wrong, in one wording for all that is read: sentences that say what is right, within which limits, and
/// an example.
/// </summary>
public static class FieldMessages
{
    /// <summary>Of a field that must be there.</summary>
    /// <param name="expected">What it must be, as a sentence of this class.</param>
    public static string Required(string expected) => $"Required. {expected}";

    /// <summary>Of a name, or of one of a list, that stands there already.</summary>
    /// <param name="name">The name.</param>
    public static string Twice(string name) => $"Given twice. Keep one \"{NearestName.Shown(name)}\".";

    /// <summary>Of a name that is no field's: the nearest that is, and all of them.</summary>
    /// <param name="given">The name as it was written.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="meant">The names it could be meant for; null for those.</param>
    public static string UnknownField(string given, IReadOnlyCollection<string> known, IEnumerable<string>? meant = null) =>
        $"Unknown field{NearestName.Suggest(given, meant ?? known)} The fields are {string.Join(", ", known)}.";

    /// <summary>Of what must be an object.</summary>
    /// <param name="example">A right one, as JSON.</param>
    public static string Object(string example) => $"Must be a JSON object, such as {example}.";

    /// <summary>Of what must be a list.</summary>
    /// <param name="items">What of, and how many of them, such as <c>at most 20 e-mail addresses</c>.</param>
    /// <param name="example">A right one, as JSON.</param>
    public static string List(string items, string example) => $"Must be a list of {items}, such as {example}.";

    /// <summary>Of what must be a text in one line.</summary>
    /// <param name="maxLength">The most characters.</param>
    /// <param name="example">A right one.</param>
    public static string Text(int maxLength, string example) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Must be a text of 1 to {maxLength} characters without control characters, such as \"{example}\".");

    /// <summary>Of what must be true or false.</summary>
    /// <param name="example">Either.</param>
    public static string Flag(bool example = true) => $"Must be true or false, such as {(example ? "true" : "false")}.";

    /// <summary>Of what must be a whole number.</summary>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <param name="example">A right one, and what there is to say of it.</param>
    public static string WholeNumber(long min, long max, string example) =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {min} to {max}, such as {example}.");

    /// <summary>Of what must be a whole number without an upper limit.</summary>
    /// <param name="min">The least.</param>
    /// <param name="example">A right one.</param>
    public static string WholeNumber(long min, string example) =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a whole number, {min} or more, such as {example}.");

    /// <summary>Of what must be a duration.</summary>
    /// <param name="min">The shortest.</param>
    /// <param name="max">The longest.</param>
    /// <param name="example">A right one.</param>
    public static string Duration(TimeSpan min, TimeSpan max, TimeSpan example) =>
        $"Must be a duration from {min:c} to {max:c}, such as \"{example:c}\".";

    /// <summary>Of what must be one of some names.</summary>
    /// <param name="names">The names there are.</param>
    /// <param name="example">One of them; null for the first.</param>
    public static string OneOf(IReadOnlyCollection<string> names, string? example = null) => names.Count == 0
        ? "There is none that it could be."
        : $"Must be one of {string.Join(", ", names)}, such as \"{example ?? names.First()}\".";

    /// <summary>Of a name that is none of those there are: the nearest that is, and all of them.</summary>
    /// <param name="given">The name as it was written; null when it was not a text at all.</param>
    /// <param name="names">The names there are.</param>
    /// <param name="example">One of them; null for the nearest, or else the first.</param>
    public static string NotOneOf(string? given, IReadOnlyCollection<string> names, string? example = null) => given is null
        ? OneOf(names, example)
        : $"Unknown name{NearestName.Suggest(given, names)} {OneOf(names, NearestName.Find(given, names) ?? example)}";
}
