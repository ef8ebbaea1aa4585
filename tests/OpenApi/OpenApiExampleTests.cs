using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Monitoring.Alerts;
using ExportFunctions.Tests.Notifications.Subscriptions;
using ExportFunctions.Tests.Notifications.Webhooks.Requests;
using ExportFunctions.Tests.Schedules.Requests;

namespace ExportFunctions.Tests.OpenApi;

public sealed class OpenApiExampleTests
{
    private static readonly JsonSerializerOptions StrictEarlier = new(ImportExportJson.Options) { RespectNullableAnnotations = true };

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Default.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

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
        var names = operation.Contains("ImportExport", StringComparison.Ordinal) ? RequestNames.ImportExport : RequestNames.Standard;
        var json = OpenApiDocument.Component("examples", example)["value"]!.ToJsonString();

        var (request, errors) = operation switch
        {
            "RestoreExport" or "RestoreImportExport" => ReadRestore(json),
            "RotateWebhookSecret" => ReadRotation(json),
            _ when operation.Contains("Webhook", StringComparison.Ordinal) => await WebhookRequestReaderTests.ReadAsync(json),
            _ when operation.Contains("Subscription", StringComparison.Ordinal) => ReadSubscription(json),
            _ when operation.Contains("AlertRule", StringComparison.Ordinal) => ReadAlertRule(json),
            _ when operation.Contains("Schedule", StringComparison.Ordinal) => ScheduleRequests.Read(json, names),
            _ => ReadExport(json, names),
        };

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

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) ReadRestore(string json)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        return (ExportRestoreHttp.ReadDays(body.RootElement, errors), errors.ByField);
    }

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) ReadRotation(string json)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        return (WebhookSecretsHttp.ReadKeep(body.RootElement, errors), errors.ByField);
    }

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) ReadSubscription(string json) => SubscriptionRequests.Read(json);

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) ReadAlertRule(string json)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        return (AlertRuleRequests.Reader.Read(body.RootElement, errors), errors.ByField);
    }

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) ReadExport(string json, RequestNames names)
    {
        using var body = JsonDocument.Parse(json, ExportRequestReader.JsonOptions);
        var errors = new FieldErrors();
        var request = AppFormats.SchoolRequests.Read(body.RootElement, null, names, errors);
        return (request, errors.ByField);
    }
}
