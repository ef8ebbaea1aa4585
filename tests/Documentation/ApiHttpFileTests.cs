using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Documentation;

/// <summary>api.http against the description of the API.</summary>
public sealed partial class ApiHttpFileTests
{
    private static readonly (string Method, string Path, string Query, string Text)[] Calls =
    [
        .. File.ReadAllText(Path.Combine(MarkdownPage.Root, "api.http")).Split("### ").Skip(1).Select(text =>
        {
            var match = RequestLine().Match(text);
            return (match.Groups["method"].Value, match.Groups["path"].Value, match.Groups["query"].Value, text);
        }),
    ];

    [Fact]
    public void Calls_AreThoseOfTheStandardPaths()
    {
        // An editor's variable stands for the id, and a name of the sample for a dataset's.
        var calls = Calls.Select(call => $"{call.Method} {Variable().Replace(call.Path, "{id}")}"
            .Replace("/datasets/students", "/datasets/{name}", StringComparison.Ordinal));

        Assert.Equal(
            Standard().Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").Order(StringComparer.Ordinal),
            calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Calls_GiveParametersAndBodies_ThatAreDescribed()
    {
        var operations = Standard().ToList();

        Assert.All(Calls, call =>
        {
            var operation = operations.Single(operation => operation.Method.Equals(call.Method, StringComparison.OrdinalIgnoreCase)
                && Variable().Replace(call.Path, "{id}").Replace("/datasets/students", "/datasets/{name}", StringComparison.Ordinal)
                    == operation.Path);
            var query = call.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split('=')[0]);
            Assert.Empty(query.Except(operation.ParametersIn("query")));

            var body = call.Text.Contains(
                "\n{", StringComparison.Ordinal) ? call.Text[call.Text.IndexOf("\n{", StringComparison.Ordinal)..] : null;
            var described = operation.Operation["requestBody"] is { } request
                ? OpenApiDocument.Resolve(request)!["content"]!["application/json"]!["schema"]
                : null;
            Assert.Equal(described is null, body is null);
            if (body is not null)
                Assert.Empty(SchemaCheck.Faults(described!, JsonNode.Parse(body)));
        });
    }

    private static IEnumerable<OpenApiOperation> Standard() => OpenApiDocument.Operations.Where(operation =>
        operation.Method != "options" && !operation.Path.Contains("/import-export/", StringComparison.Ordinal));

    [GeneratedRegex(
        @"^(?<method>[A-Z]+) \{\{host\}\}(?<path>[^?\s]+)(\?(?<query>\S+))?$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{\w+\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
