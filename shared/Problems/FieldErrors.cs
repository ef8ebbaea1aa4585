namespace ExportFunctions.Problems;

/// <summary>Collects validation errors field by field, so that all of them are reported at once.</summary>
public sealed class FieldErrors
{
    private const int MaxKept = 100;

    // After the first hundred errors, still keeps the first one of each field: a list of bad values must not hide another field's error.
    private const int MaxKeptOfParts = 200;

    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parts = new(StringComparer.Ordinal);
    private int _count;
    private int _kept;

    /// <summary>True when there are no errors.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>
    /// The errors by field path, such as <c>filter.and[1].value</c>. At most 100 messages are kept, plus the first message of each further
    /// field, up to 200.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> ByField =>
        _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>Adds one error.</summary>
    /// <param name="field">The field's path in the input's own names; empty for the input as a whole.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public void Add(string field, string message) => Add(field, FirstOf(field), message);

    /// <summary>Adds the errors of a part of the input, prefixed with the part's path.</summary>
    /// <param name="part">The part's path, such as <c>export</c>.</param>
    /// <param name="errors">The part's errors; an error of the part as a whole has an empty field.</param>
    public void AddAll(string part, FieldErrors errors)
    {
        foreach (var (field, messages) in errors._errors)
        {
            foreach (var message in messages)
                Add(field.Length == 0 ? part : $"{part}.{field}", $"{part}.{FirstOf(field)}", message);
        }
    }

    private void Add(string field, string part, string message)
    {
        _count++;
        var isFirst = _parts.Add(part);
        if (_kept >= MaxKeptOfParts || (_kept >= MaxKept && !isFirst))
            return;

        _kept++;
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];

        messages.Add(message);
    }

    // The field that a nested path belongs to.
    private static string FirstOf(string field) => field.AsSpan().IndexOfAny('.', '[') is var end and > 0 ? field[..end] : field;
}
