using System.Text.Json.Serialization;

namespace ExportFunctions.Problems;

/// <summary>Problem details (RFC 9457), with the errors of each field.</summary>
/// <param name="Type">A URN that names the kind of problem.</param>
/// <param name="Title">The kind of problem in a few words, always the same.</param>
/// <param name="Status">What is wrong in this case and what to do.</param>
/// <param name="Detail">The errors of each request field, by path; null when no field is to blame.</param>
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
