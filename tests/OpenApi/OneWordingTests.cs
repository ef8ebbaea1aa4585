using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>What the readers of bodies say, all of them in one wording, and under one notation of paths.</summary>
public sealed partial class OneWordingTests
{
    private const string Export = "CreateExport";

    public static TheoryData<string> Operations => OpenApiRequestTests.Operations;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Fields_AreRefusedWithAHint_WhenTheyAreGivenTwiceOrUnknown(string operation)
    {
        foreach (var field in Fields(operation))
        {
            var (_, errors) = await OpenApiRequests.ReadAsync(operation, $$"""{"{{field}}":null,"{{field}}":null,"{{field}}x":null}""");

            // Of a field with an earlier name, that one is kept.
            Assert.Contains(errors[field], message => GivenTwice().IsMatch(message));
            Assert.Contains(
                $"Unknown field; did you mean \"{field}\"? The fields are ", errors[field + "x"].Single(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"retry":{"count":1,"count":1,"counts":1}}""", "retry.count", "retry.counts")]
    [InlineData("""{"options":{"delimiter":";","delimiter":";","delimter":";"}}""", "options.delimiter", "options.delimter")]
    [InlineData("""{"sort":[{"column":"id","column":"id","colum":"id"}]}""", "sort[0].column", "sort[0].colum")]
    [InlineData("""{"filter":{"column":"id","op":"eq","value":1,"value":1,"valu":1}}""", "filter.value", "filter.valu")]
    [InlineData(
        """{"filter":{"and":[{"column":"id","op":"isNull"}],"and":[{"column":"id","op":"isNull"}],"ands":1}}""",
        "filter.and",
        "filter.ands")]
    [InlineData(
        """{"filter":{"not":{"or":[{"column":"id","op":"isNull","op":"isNull","opp":1}]}}}""",
        "filter.not.or[0].op",
        "filter.not.or[0].opp")]
    public async Task Fields_AreRefusedWithAHint_WithinAnExport(string json, string twice, string unknown)
    {
        var request = json.Insert(1, "\"dataset\":\"students\",\"format\":\"csv\",");

        var (read, errors) = await OpenApiRequests.ReadAsync(Export, request);

        Assert.Null(read);
        Assert.Contains($"Given twice. Keep one \"{twice[(twice.LastIndexOf('.') + 1)..]}\".", errors[twice]);
        Assert.Contains(
            $"did you mean \"{twice[(twice.LastIndexOf('.') + 1)..]}\"?", Assert.Single(errors[unknown]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Messages_HaveOneForm_WhenEveryFieldIsOfAnotherKind(string operation)
    {
        foreach (var wrong in new JsonNode[] { new JsonObject(), 7.5, "§", true, new JsonArray(7) })
        {
            // A text may be a template; then it is tried out.
            var fields = Fields(operation).Where(field => field != "template" || wrong.GetValueKind() != JsonValueKind.String);
            var body = new JsonObject(fields.Select(field => KeyValuePair.Create(field, (JsonNode?)wrong.DeepClone())));
            var (_, errors) = await OpenApiRequests.ReadAsync(operation, body.ToJsonString());

            Assert.NotEmpty(errors);
            Assert.All(errors.SelectMany(error => error.Value.Select(message => (error.Key, Text: message))), message => Assert.Matches(
                message.Text.StartsWith("Given twice", StringComparison.Ordinal) ? GivenTwice() : Expected(), message.Text));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("excel")]
    [InlineData("jsonl")]
    [InlineData("pdf")]
    public async Task Messages_HaveOneForm_WhenEveryPartOfAnExportIsOfAnotherKind(string format)
    {
        var body = JsonNode.Parse("""
            {
              "dataset": "students", "columns": [7], "offset": "1", "limit": -1,
              "fileName": 7, "attachFile": "no", "snapshot": 7, "notify": [7, "x"],
              "retry": {"count": 99, "delay": 7},
              "sort": [7, {"column": 7, "direction": "down", "collation": 7}, {}],
              "filter": {"and": [
                7, {}, {"column": 7, "op": 7}, {"column": "id", "op": "like", "value": 1}, {"column": "id", "op": "eq", "value": "x"},
                {"column": "lastName", "op": "eq", "value": 1}, {"column": "gpa", "op": "eq", "value": "x"},
                {"column": "isActive", "op": "eq", "value": 1}, {"column": "birthDate", "op": "eq", "value": "x"},
                {"column": "enrolledAt", "op": "eq", "value": "x"}, {"column": "id", "op": "in", "value": 1},
                {"column": "id", "op": "between", "value": 1}, {"column": "id", "op": "isNull", "value": 1},
                {"column": "lastName", "op": "eq", "value": "a", "ignoreCase": 1}, {"column": "id", "op": "eq"}, {"or": 7}, {"not": 7}]}
            }
            """)!.AsObject();
        body["format"] = format;
        var options = OpenApiDocument.Resolve(OpenApiDocument.Schema("ExportRequest")["properties"]!["options"]!)!;
        options = options["properties"] is null ? OpenApiDocument.Resolve(
            options["oneOf"]!.AsArray().First(choice => choice!["$ref"] is not null)!)! : options;
        body["options"] =
            new JsonObject(options["properties"]!.AsObject().Select(option => KeyValuePair.Create(option.Key, (JsonNode?)7.5)));

        var (_, errors) = await OpenApiRequests.ReadAsync(Export, body.ToJsonString());

        var messages =
            errors.SelectMany(error => error.Value).Where(message => !message.StartsWith("Applies to ", StringComparison.Ordinal)).ToList();
        Assert.True(messages.Count > 30, string.Join('\n', messages));
        Assert.All(messages, message => Assert.Matches(Expected(), message));
    }

    [Fact]
    public async Task Examples_AreWhatIsSaid()
    {
        const string json = """
            {"name":"x","catchUpMost":0,"frequency":"daily","export":{"dataset":"students","format":"docx","columns":["id","lastnme"]}}
            """;
        var (_, errors) = await OpenApiRequests.ReadAsync("CreateSchedule", json);
        var (_, ofRestore) = await OpenApiRequests.ReadAsync("RestoreExport", """{"days":0}""");
        var said = errors.Concat(
            ofRestore).Select(error => (error.Key.Replace("export.", "", StringComparison.Ordinal), error.Value[0])).ToHashSet();

        var examples = OpenApiDocument.Everything(OpenApiDocument.Root).OfType<JsonObject>()
            .Where(example => example["type"] is JsonValue type && type.ToString() == "urn:exportfunctions:problem:invalid-request")
            .SelectMany(example => example["errors"]!.AsObject())
            .Select(error => (error.Key.Replace("export.", "", StringComparison.Ordinal), error.Value![0]!.GetValue<string>()))
            .Where(error => error.Item1 is not ("url" or "template" or "pageSize"));

        Assert.All(examples, example => Assert.Contains(example, said));
    }

    private static IEnumerable<string> Fields(string operation)
    {
        var content = OpenApiDocument.Resolve(
            OpenApiDocument.Operations.Single(one => one.Id == operation).Operation["requestBody"]!)!["content"]!["application/json"]!;
        return OpenApiDocument.Resolve(content["schema"]!)!["properties"]!.AsObject().Select(property => property.Key);
    }

    [GeneratedRegex(
        """^([A-Z][^.?]*[.?] )?Must be .+, such as .+\.( [A-Z][^.]*\.)*$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expected();

    [GeneratedRegex("""^Given twice\. Keep one "[^"]+"\.$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GivenTwice();
}
