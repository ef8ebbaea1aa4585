using System.Globalization;
using System.Text.Json;

namespace ExportFunctions.Problems;

/// <summary>
/// Reads the fields of a JSON object from user input. Errors are added under the field's path, and an invalid field then reads as missing,
/// so that one pass finds everything. A null counts as missing, unless the shape says otherwise.
/// </summary>
public sealed partial class JsonFields
{
    private readonly JsonElement _element;
    private readonly JsonShape _shape;
    private readonly string _path;
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    private JsonFields(JsonElement element, JsonShape shape, FieldErrors errors, string path)
    {
        _element = element;
        _shape = shape;
        _path = path;
        Errors = errors;
    }

    /// <summary>Collects the errors.</summary>
    public FieldErrors Errors { get; }

    /// <summary>False once this object had an error; nested objects are tracked separately.</summary>
    public bool IsFine { get; private set; } = true;

    /// <summary>Opens an object: a value that is no object, unknown fields and duplicate fields are errors.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="shape">The fields it may have.</param>
    /// <param name="errors">Collects the errors.</param>
    /// <param name="path">The object's path in the request; empty for the root.</param>
    /// <returns>The fields; null when it is no object.</returns>
    public static JsonFields? Open(JsonElement element, JsonShape shape, FieldErrors errors, string path = "")
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, FieldMessages.Object(shape.Example));
            return null;
        }

        var fields = new JsonFields(element, shape, errors, path);
        fields.CheckNames();
        return fields;
    }

    /// <summary>The path of a field, using the name it has in the object.</summary>
    /// <param name="name">The field's name.</param>
    public string PathOf(string name) => Under(_element.TryGetProperty(name, out _) ? name : _shape.PreferredOf(name));

    /// <summary>Adds an error for a field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="message">What is wrong, or what would be valid.</param>
    public void Fail(string name, string message)
    {
        _wrong.Add(name);
        Add(PathOf(name), message);
    }

    /// <summary>Whether none of the given fields had an error so far.</summary>
    /// <param name="names">Their names.</param>
    public bool AreRight(IEnumerable<string> names) => !_wrong.Overlaps(names);

    /// <summary>A field's value; null when the field is missing.</summary>
    /// <param name="name">The field's name.</param>
    public JsonElement? Given(string name)
    {
        if (!_element.TryGetProperty(name, out var value) && !_element.TryGetProperty(_shape.PreferredOf(name), out value))
            return null;

        return value.ValueKind == JsonValueKind.Null && !_shape.NullIsValue ? null : value;
    }

    /// <summary>The value of a required field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="expected">What it must be.</param>
    public JsonElement? Required(string name, string expected)
    {
        if (Given(name) is { } value)
            return value;

        Fail(name, FieldMessages.Required(expected));
        return null;
    }

    /// <summary>The fields of a nested object; null when it is missing or no object.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="shape">The fields it may have.</param>
    public JsonFields? Object(string name, JsonShape shape) => Given(name) is { } value ? Open(value, shape, Errors, PathOf(name)) : null;

    /// <summary>The items of a list, with their paths; null when the list is missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="minItems">The minimum number of items.</param>
    /// <param name="expected">What it must be.</param>
    public IReadOnlyList<(string Path, JsonElement Item)>? Items(string name, int minItems, string expected)
    {
        if (Given(name) is not { } list)
            return null;

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() >= minItems)
            return ItemsOf(list, PathOf(name));

        Fail(name, expected);
        return null;
    }

    /// <summary>The items of a list, with their paths.</summary>
    /// <param name="list">The list.</param>
    /// <param name="path">Its path.</param>
    public static IReadOnlyList<(string Path, JsonElement Item)> ItemsOf(JsonElement list, string path) =>
        [.. list.EnumerateArray().Select((item, index) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item))];

    private void CheckNames()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in _element.EnumerateObject())
        {
            if (_shape.Find(property.Name) is not { } name)
                Add(Under(NearestName.Shown(property.Name)), _shape.UnknownMessage(property.Name));
            else if (!seen.Add(name))
                Add(Under(property.Name), FieldMessages.Twice(_shape.PreferredOf(name)));
        }
    }

    private string Under(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private void Add(string path, string message)
    {
        IsFine = false;
        Errors.Add(path, message);
    }
}
