using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>
/// One JSON object of the datasets file, read property by property. An error is recorded and the property then reads as null, so that one
/// pass finds every error.
/// </summary>
internal sealed class DefinitionObject
{
    private const int MaxTextLength = 64 * 1024;

    private readonly JsonElement _element;
    private readonly List<string> _faults;

    private DefinitionObject(JsonElement element, string place, List<string> faults)
    {
        _element = element;
        _faults = faults;
        Place = place;
    }

    /// <summary>Where the object is, in words such as <c>dataset 'students', column 'grade'</c>; empty for the whole file.</summary>
    public string Place { get; set; }

    /// <summary>Wraps an element; null, with an error, when it is no object.</summary>
    public static DefinitionObject? From(JsonElement element, string place, List<string> faults)
    {
        var definition = new DefinitionObject(element, place, faults);
        if (element.ValueKind == JsonValueKind.Object)
            return definition;

        definition.Fault("", "must be an object.");
        return null;
    }

    /// <summary>Reports every property that is not listed as an error.</summary>
    public void Allow(params IReadOnlyList<string> known)
    {
        foreach (var property in _element.EnumerateObject())
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
                Fault(
                    property.Name,
                    $"is not a known property{NearestName.Suggest(property.Name, known)} Known are {string.Join(", ", known)}.");
        }
    }

    /// <summary>Adds an error for a property of this object, or for the object itself when the name is empty.</summary>
    public void Fault(string property, string message) =>
        _faults.Add((Place, property) switch
        {
            ("", "") => $"the file {message}",
            ("", _) => $"{property} {message}",
            (_, "") => $"{Place}: {message}",
            _ => $"{Place}: {property} {message}",
        });

    /// <summary>True when the property exists.</summary>
    public bool Has(string property) => _element.TryGetProperty(property, out _);

    /// <summary>The property's element if it has the right kind; otherwise, or when missing, an error.</summary>
    public JsonElement? Required(string property, JsonValueKind kind, string expected)
    {
        if (!_element.TryGetProperty(property, out var value))
            Fault(property, $"is missing; expected {expected}.");
        else if (value.ValueKind != kind)
            Fault(property, $"must be {expected}.");
        else
            return value;

        return null;
    }

    /// <summary>A required text that must not be blank.</summary>
    public string? RequiredText(string property, string expected = "a text") =>
        Required(property, JsonValueKind.String, expected) is { } value ? Check(property, value.GetString()!) : null;

    /// <summary>An optional text that must not be blank.</summary>
    public string? OptionalText(string property) => Has(property) ? RequiredText(property) : null;

    /// <summary>An optional number within limits.</summary>
    public double? OptionalNumber(string property, double min, double max)
    {
        if (!_element.TryGetProperty(property, out var value))
            return null;

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
            return number;

        Fault(property, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be a number from {min} to {max}."));
        return null;
    }

    /// <summary>An optional integer within limits.</summary>
    public int? OptionalInteger(string property, int min, int max)
    {
        if (!_element.TryGetProperty(property, out var value))
            return null;

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;

        Fault(property, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}."));
        return null;
    }

    /// <summary>An optional enumeration name in camelCase.</summary>
    public T? OptionalChoice<T>(string property)
        where T : struct, Enum
    {
        if (OptionalText(property) is not { } text)
            return null;

        var names = EnumNames.Of<T>();
        foreach (var (index, name) in names.Index())
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
                return Enum.GetValues<T>()[index];
        }

        Fault(property, $"\"{text}\" is not known{NearestName.Suggest(text, names)} Known are {string.Join(", ", names)}.");
        return null;
    }

    private string? Check(string property, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            Fault(property, "must not be empty.");
        else if (text.Length > MaxTextLength)
            Fault(property, $"must have at most {MaxTextLength} characters.");
        else if (text.Contains('\0', StringComparison.Ordinal))
            Fault(property, "must not contain the NUL character.");
        else
            return text;

        return null;
    }
}
