using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// A stored request whose filter lists so many values (tens of thousands) that a table record has no room for it: the filter is stored
/// separately and replaced with <c>{"apart": {"name", "bytes", "sha256"}}</c>. That is not a valid filter: read as a request it is
/// rejected, never mistaken for a request without a filter.
/// </summary>
internal static class SplitRequest
{
    /// <summary>The most bytes of a request in a record; when it is larger, the most bytes without its filter.</summary>
    public const int MaxRecordBytes = 256 * 1024;

    private const string Filter = "filter";
    private const string Apart = "apart";

    /// <summary>Splits a request.</summary>
    /// <param name="json">The request as accepted.</param>
    /// <param name="name">The name under which the filter is stored.</param>
    /// <returns>The content of the record and the separate filter; null when the record contains it.</returns>
    public static (string Recorded, byte[]? Filter) Split(string json, string name)
    {
        if (Encoding.UTF8.GetByteCount(json) <= MaxRecordBytes)
            return (json, null);

        var request = StoredRequest.Parse(json);
        if (request.Given(Filter) is not { } filter)
            return (json, null);

        var bytes = Encoding.UTF8.GetBytes(filter.GetRawText());
        var recorded = WithFilter(request, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Apart);
            writer.WriteString("name", name);
            writer.WriteNumber("bytes", bytes.Length);
            writer.WriteString("sha256", HashOf(bytes));
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return (recorded, bytes);
    }

    /// <summary>Whether a request is too large for a record even without its filter.</summary>
    /// <param name="json">The request as accepted.</param>
    public static bool IsTooLarge(string json) =>
        Encoding.UTF8.GetByteCount(json) > MaxRecordBytes && Encoding.UTF8.GetByteCount(Split(json, "").Recorded) > MaxRecordBytes;

    /// <summary>The name under which the filter of a recorded request is stored; null when the record contains it.</summary>
    /// <param name="recorded">The content of the record; may be empty.</param>
    public static string? NameOf(string recorded)
    {
        if (recorded.Length == 0)
            return null;

        try
        {
            return ApartOf(StoredRequest.Parse(recorded))?.GetProperty("name").GetString();
        }
        catch (JsonException)
        {
            // The code that reads the request reports it.
            return null;
        }
    }

    /// <summary>Restores the complete request.</summary>
    /// <param name="recorded">The content of the record, without the filter.</param>
    /// <param name="filter">The separately stored filter.</param>
    /// <exception cref="InvalidDataException">It is a different filter.</exception>
    public static string Join(string recorded, ReadOnlySpan<byte> filter)
    {
        var request = StoredRequest.Parse(recorded);
        if (!string.Equals(ApartOf(request)?.GetProperty("sha256").GetString(), HashOf(filter), StringComparison.Ordinal))
            throw new InvalidDataException("The filter that is kept apart is not the one that the request was accepted with.");

        var text = Encoding.UTF8.GetString(filter);
        return WithFilter(request, writer => writer.WriteRawValue(text, skipInputValidation: true));
    }

    private static JsonElement? ApartOf(StoredRequest request) =>
        request.Given(Filter) is { ValueKind: JsonValueKind.Object } filter && filter.TryGetProperty(Apart, out var apart) ? apart : null;

    private static string WithFilter(StoredRequest request, Action<Utf8JsonWriter> writeFilter) => request.Rewrite((json, property) =>
    {
        if (property.NameEquals(Filter))
        {
            json.WritePropertyName(Filter);
            writeFilter(json);
        }
        else
        {
            StoredRequest.WriteAsItIs(json, property.Name, property.Value);
        }
    });

    private static string HashOf(ReadOnlySpan<byte> filter) => Convert.ToHexStringLower(SHA256.HashData(filter));
}
