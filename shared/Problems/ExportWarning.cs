using System.Text.Json.Serialization;

namespace ExportFunctions.Problems;

/// <summary>How many cells could not be read or written unchanged.</summary>
/// <param name="Code">
/// A stable code in snake_case: <c>rounded</c>, <c>value_unreadable</c>, <c>cell_truncated</c>, <c>glyph_missing</c>.
/// </param>
/// <param name="Count">The number of cells.</param>
/// <param name="Message">One sentence for people, without values.</param>
public sealed record ExportWarning(string Code, long Count, string Message)
{
    /// <summary>The column's name; null when several columns are affected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

    /// <summary>
    /// The keys of the first affected records, at most three; the columns of a composite key are separated by commas. Null when unknown.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? FirstKeys { get; init; }
}
