using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.OpenApi;

public sealed class OpenApiExampleTests
{
    private static readonly JsonSerializerOptions StrictEarlier = new(ApiTypes.Earlier) { RespectNullableAnnotations = true };

    private static readonly JsonSerializerOptions Strict =
        new(ApiTypes.Standard) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static TheoryData<string, string> Requests { get; } = new(
        from operation in OpenApiDocument.Operations
        let examples = operation.Operation["requestBody"]?["content"]!["application/json"]!["examples"]
        where examples is not null
        from example in examples.AsObject()
        select (operation.Id, example.Key));

    public static TheoryData<string, string> Answers { get; } = new(
        from operation in OpenApiDocument.Operations
        from response in operation.Operation["responses"]!.AsObject()
        from content in OpenApiDocument.Resolve(response.Value!)!["content"]?.AsObject() ?? []
        where content.Value!["examples"] is not null && content.Value["schema"]!["$ref"] is not null
        from example in content.Value["examples"]!.AsObject()
        let schema = content.Value["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1]
        where schema is not "ExportEvents"
        group example by (Schema: schema, Example: OpenApiDocument.Resolve(example.Value!)!["value"]!.ToJsonString()) into same
        select (same.Key.Schema, same.Key.Example));

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsAccepted_AsTheSampleIs(string operation, string example)
    {
        var json = OpenApiDocument.Component("examples", example)["value"]!.ToJsonString();

        var (request, errors) = await OpenApiRequests.ReadAsync(operation, json);

        Assert.Empty(errors);
        Assert.NotNull(request);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_IsWrittenTheSameWay_ByTheApi(string schema, string example)
    {
        var type = OpenApiSchemaTests.Answers.Concat(OpenApiSchemaTests.EarlierAnswers).Single(row => row.Data.Item1 == schema).Data.Item2;
        var options = schema.StartsWith("ImportExport", StringComparison.Ordinal) ? StrictEarlier : Strict;

        var answer = JsonSerializer.Deserialize(example, type, options);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(example), JsonSerializer.SerializeToNode(answer, type, options)));
    }
}
