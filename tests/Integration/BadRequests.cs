using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Integration;

/// <summary>Makes bad requests for every operation of the API: each has at least one fault that no call may pass over.</summary>
internal sealed class BadRequests(int seed)
{
    private static readonly string[] Ids =
    [
        "x",
        "%20",
        "..%2F..",
        "019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21",
        "00000000-0000-0000-0000-000000000000",
        "%CE%B1%CE%B2",
        "'%20or%201=1",
        new string('9', 300)
    ];
    private static readonly string[] Values =
    [
        "",
        "nope",
        "-1",
        "0",
        "99999999999999999999",
        "true",
        "%00",
        "2026-13-45",
        "9999-12-31T23:59:59.9999999-14:00",
        "YSBi",
        "4pyT4pyTIGI",
        "%F0%9F%8E%93",
        "a%20b",
        "'"
    ];
    private static readonly string[] Unknown = ["colour", "Dataset1", "staus", "%20", "a[b]", "x-functions-keys"];

    private static readonly OpenApiOperation[] Operations = [.. OpenApiDocument.Operations];

    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>A request, and what it is, for messages. Each operation has its turn.</summary>
    public (HttpRequestMessage Request, string Text) Next()
    {
        var operation = Operations[_made++ % Operations.Length];
        var described = operation.Method.ToUpperInvariant();
        var method = _random.Next(10) == 0 ? Pick(["PATCH", "TRACE", "PROPFIND", "get", "FOO"]) : described;
        if (method == "GET" && _random.Next(10) == 0)
            method = "HEAD";

        // Nobody has these ids, and no call passes over an unknown parameter or field: one of them is enough, and hides no other's fault.
        var fault = method == "HEAD" || method == described ? Pick(Faults(operation)) : Fault.Query;
        var path = operation.Path;
        foreach (var name in operation.ParametersIn("path"))
            path = path.Replace($"{{{name}}}", Pick(Ids), StringComparison.Ordinal);

        var target = path + (fault == Fault.Query ? Query([.. operation.ParametersIn("query")]) : "");
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(target, UriKind.Relative));
        var body = operation.Operation["requestBody"] is { } content ? Body(content, isWrong: fault == Fault.Body) : null;
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };

        AddHeaders(request);
        return (request, $"{method} {target} {(body is null ? "" : Encoding.UTF8.GetString(body))}");
    }

    private static Fault[] Faults(OpenApiOperation operation) =>
    [
        Fault.Query,
        .. operation.ParametersIn("path").Any() ? [Fault.Path] : Array.Empty<Fault>(),
        .. operation.Operation["requestBody"] is not null && !operation.ParametersIn("path").Any() ? [Fault.Body] : Array.Empty<Fault>(),
    ];

    private string Query(string[] known)
    {
        var parts = new List<string> { $"{Pick(Unknown)}={Pick(Values)}" };
        for (var more = _random.Next(4); more > 0 && known.Length > 0; more--)
            parts.Add($"{Pick(known)}={Pick(Values)}");

        return "?" + string.Join('&', parts.OrderBy(_ => _random.Next()));
    }

    private byte[] Body(JsonNode described, bool isWrong)
    {
        var example = Pick([.. described["content"]!["application/json"]!["examples"]!.AsObject().Select(
            pair => OpenApiDocument.Resolve(pair.Value!)!["value"]!)]);
        var changed = example.DeepClone();
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
            Change(changed);
        if (isWrong)
            changed["colour"] = Value();

        var text = changed.ToJsonString();
        return _random.Next(8) switch
        {
            0 => Encoding.UTF8.GetBytes(text[.._random.Next(text.Length)]),
            1 => [.. Encoding.UTF8.GetBytes(text), 0xFF],
            2 => Encoding.UTF8.GetBytes(text.Replace("\"", "\"\\ud800", StringComparison.Ordinal)),
            3 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"not\":", 200)) + "1" + new string('}', 200)),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private void Change(JsonNode node)
    {
        var objects = OpenApiDocument.Everything(node).OfType<JsonObject>().ToArray();
        if (objects.Length == 0)
            return;

        var target = Pick(objects);
        if (target.Count == 0 || _random.Next(4) == 0)
            target[Pick(["colour", "", "\u0000", "__proto__", new string('n', 500)])] = Value();
        else
            target[Pick([.. target.Select(pair => pair.Key)])] = Value();
    }

    private JsonNode? Value() => _random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(-5, 5)),
        2 => JsonNode.Parse("1e400"),
        3 => JsonNode.Parse("123456789012345678901234567890.5"),
        4 => JsonValue.Create(Pick(["", "nope", "\u202Ex", "\u0000", "students", "../x", "2026-02-30", "🎓"])),
        5 => new JsonArray(null, 1, "x", new JsonArray()),
        6 => new JsonObject { ["column"] = Pick(["id", "nope"]), ["op"] = Pick(["eq", "in", "like"]), ["value"] = null },
        7 => JsonValue.Create(_random.Next(2) == 0),
        _ => JsonValue.Create(new string('y', 5_000)),
    };

    private void AddHeaders(HttpRequestMessage request)
    {
        if (_random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Pick(["", new string('k', 256), "k"]));
        if (_random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation(
                "If-Match", Pick(["*", "\"x\"", "W/\"x\"", "\"", ",,", "*, \"x\"", string.Join(',', Enumerable.Repeat("\"x\"", 500))]));
        if (_random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation("If-None-Match", Pick(["*", "x", "\"x\", W/\"y\""]));
        if (_random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation(
                "Accept", Pick(["application/x-ndjson", "x", "*/*;q=2", "text/html, application/json;q=0"]));
        if (_random.Next(6) == 0)
            request.Headers.TryAddWithoutValidation("X-Number", _random.Next().ToString(CultureInfo.InvariantCulture));
    }

    private enum Fault
    {
        Query,
        Path,
        Body,
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
