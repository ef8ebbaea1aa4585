using System.Text.Json.Serialization;

namespace ExportFunctions.Problems;

/// <summary>How often something in the data could not be read or written as it is.</summary>
/// <param name="Code">
/// A stable code in snake_case: <c>rounded</c>, <c>value_unreadable</c>, <c>cell_truncated</c>, <c>glyph_missing</c>.
/// </param>
/// <param name="Count">The number of cells.</param>
/// <param name="Message">One sentence for people; no values.</param>
public sealed record ExportWarning(string Code, long Count, string Message)
{
    /// <summary>The name of the column; null where it concerns several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

    /// <summary>
    /// The keys of the first records concerned, at most three, several columns of a key with commas between; null where they aren't
    /// known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? FirstKeys { get; init; }
}
