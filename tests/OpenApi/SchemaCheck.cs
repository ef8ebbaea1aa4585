using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>Holds JSON against a schema of the document, by the keywords that it uses.</summary>
internal static class SchemaCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with a value; nothing when it is as the schema says.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Where the value stands.</param>
    public static IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string path = "$")
    {
        var rules = OpenApiDocument.Resolve(schema)!.AsObject();
        if (rules["type"] is { } type && !Types(type).Any(name => Is(name, value)))
            return [$"{path} is {value?.ToJsonString() ?? "null"}, not {type.ToJsonString()}"];

        return Choices(rules, value, path).Concat(value switch
        {
            JsonObject item => Properties(rules, item, path),
            JsonArray list =>
                list.SelectMany((element, index) => rules["items"] is { } items ? Faults(items, element, $"{path}[{index}]") : []),
            JsonValue single => Limits(rules, single, path),
            _ => [],
        });
    }

    private static IEnumerable<string> Choices(JsonObject rules, JsonNode? value, string path)
    {
        if (rules["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            yield return $"{path} is {value?.ToJsonString() ?? "null"}, not {constant.ToJsonString()}";
        if (rules["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
            yield return $"{path} is {value?.ToJsonString() ?? "null"}, none of {names.ToJsonString()}";

        // One that fits is enough here: which of several it is, is the document's own affair.
        foreach (var choices in new[] { rules["oneOf"], rules["anyOf"] }.OfType<JsonArray>())
        {
            var faults = choices.Select(choice => Faults(choice!, value, path).ToArray()).ToArray();
            if (faults.All(list => list.Length > 0))
                yield return $"{path} fits no choice: {string.Join(" | ", faults.Select(list => list[0]))}";
        }
    }

    private static IEnumerable<string> Properties(JsonObject rules, JsonObject item, string path)
    {
        var known = rules["properties"]?.AsObject() ?? [];
        foreach (var name in OpenApiDocument.Texts(rules["required"]).Where(name => !item.ContainsKey(name)))
            yield return $"{path}.{name} is missing";

        foreach (var (name, value) in item)
        {
            if (known[name] is { } schema)
            {
                foreach (var fault in Faults(schema, value, $"{path}.{name}"))
                    yield return fault;
            }
            else if (rules["additionalProperties"] is JsonObject others)
            {
                foreach (var fault in Faults(others, value, $"{path}.{name}"))
                    yield return fault;
            }
            else if (known.Count > 0)
            {
                yield return $"{path}.{name} is not described";
            }
        }
    }

    private static IEnumerable<string> Limits(JsonObject rules, JsonValue value, string path)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
            if (Number(rules, "minimum") is { } minimum && number < minimum)
                yield return $"{path} is less than {minimum}";
            if (Number(rules, "maximum") is { } maximum && number > maximum)
                yield return $"{path} is more than {maximum}";
        }
        else if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            if (Number(rules, "maxLength") is { } most && text.Length > most)
                yield return $"{path} is longer than {most}";
            if (rules["pattern"]?.GetValue<string>() is { } pattern
                && !Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, PatternTimeout))
                yield return $"{path} doesn't match {pattern}";
        }
    }

    private static decimal? Number(JsonObject rules, string name) => rules[name]?.GetValue<decimal>();

    private static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray list ? OpenApiDocument.Texts(list) : [type.GetValue<string>()];

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && !value.ToJsonString().Contains('.', StringComparison.Ordinal),
        _ => value?.GetValueKind() == JsonValueKind.Number,
    };
}
