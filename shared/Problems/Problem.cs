using System.Text.Json.Serialization;

namespace ExportFunctions.Problems;

/// <summary>Problem details (RFC 9457), with the errors of each field.</summary>
/// <param name="Type">A URN that names the kind of problem.</param>
/// <param name="Title">The kind in a few words; the same every time.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time and what to do.</param>
/// <param name="Errors">What is wrong with each field of the request, by its path; null when no field is to blame.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";
}
