using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Formats;
using ExportFunctions.Functions.Datasets;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Health;
using ExportFunctions.Functions.Http;
using ExportFunctions.Functions.Maintenance;
using ExportFunctions.Functions.Monitoring;
using ExportFunctions.Functions.Notifications;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Functions.Schedules;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Monitoring.Summaries;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Tests.Schedules.Requests;

namespace ExportFunctions.Tests.OpenApi;

public sealed class OpenApiSchemaTests
{
    public static TheoryData<string, Type> Answers { get; } = new()
    {
        { "Export", typeof(ExportResponse) },
        { "CheckedAgainst", typeof(ExportCheckedAgainstResponse) },
        { "Waiting", typeof(ExportWaitingResponse) },
        { "Unreadable", typeof(UnreadableResponse) },
        { "ExportError", typeof(ExportErrorResponse) },
        { "ExportFile", typeof(ExportFileResponse) },
        { "ExportArchive", typeof(ExportArchiveResponse) },
        { "ExportRestore", typeof(ExportRestoreResponse) },
        { "ExportWarning", typeof(ExportWarning) },
        { "ExportAsked", typeof(ExportRequestResponse) },
        { "ExportList", typeof(RecordListResponse<ExportResponse>) },
        { "Dataset", typeof(DatasetResponse) },
        { "DatasetColumn", typeof(DatasetColumnResponse) },
        { "DatasetList", typeof(ListResponse<DatasetResponse>) },
        { "Health", typeof(HealthResponse) },
        { "HealthDetails", typeof(HealthDetailsResponse) },
        { "HealthCheck", typeof(HealthCheckResponse) },
        { "Schedule", typeof(ScheduleResponse) },
        { "ScheduleSummary", typeof(ScheduleSummaryResponse) },
        { "ScheduleList", typeof(RecordListResponse<ScheduleSummaryResponse>) },
        { "SchedulePreview", typeof(SchedulePreviewResponse) },
        { "Occurrence", typeof(OccurrenceResponse) },
        { "OccurrenceList", typeof(ListResponse<OccurrenceResponse>) },
        { "ScheduleRun", typeof(ScheduleRunResponse) },
        { "ScheduleRunList", typeof(RecordListResponse<ScheduleRunResponse>) },
        { "StartedRun", typeof(StartedRunResponse) },
        { "Delivery", typeof(DeliveryResponse) },
        { "DeliveryList", typeof(RecordListResponse<DeliveryResponse>) },
        { "Webhook", typeof(WebhookResponse) },
        { "WebhookList", typeof(RecordListResponse<WebhookResponse>) },
        { "WebhookTest", typeof(WebhookTestResponse) },
        { "CleanupCounts", typeof(CleanupCounts) },
        { "CleanupPlan", typeof(CleanupPlanResponse) },
        { "PlannedDay", typeof(PlannedDay) },
        { "PlannedFile", typeof(PlannedFileResponse) },
        { "MaintenanceRun", typeof(MaintenanceRunResponse) },
        { "MaintenanceRunList", typeof(RecordListResponse<MaintenanceRunResponse>) },
        { "Metric", typeof(AttemptRecord) },
        { "MetricList", typeof(RecordListResponse<AttemptRecord>) },
        { "Performance", typeof(PerformanceResponse) },
        { "PerformanceFigures", typeof(PerformanceFigures) },
        { "PerformanceChange", typeof(PerformanceChange) },
        { "Distribution", typeof(Distribution) },
        { "NamedFigures", typeof(NamedFigures) },
        { "DayFigures", typeof(DayFigures) },
        { "ErrorCount", typeof(ErrorCount) },
        { "Slowest", typeof(SlowestResponse) },
        { "SlowExport", typeof(SlowExport) },
        { "PerformanceReport", typeof(PerformanceReport) },
        { "Subscription", typeof(SubscriptionResponse) },
        { "SubscriptionList", typeof(RecordListResponse<SubscriptionResponse>) },
        { "AlertRule", typeof(AlertRule) },
        { "AlertRuleList", typeof(RecordListResponse<AlertRule>) },
        { "Alert", typeof(Alert) },
        { "AlertList", typeof(RecordListResponse<Alert>) },
        { "PoisonMessage", typeof(PoisonMessage) },
        { "PoisonList", typeof(ListResponse<PoisonMessage>) },
        { "PerformanceSummary", typeof(PerformanceSummary) },
        { "PerformanceWindow", typeof(PerformanceQuery) },
        { "Problem", typeof(Problem) },
    };

    /// <summary>What the earlier system's paths answer with, under the names of its clients.</summary>
    public static TheoryData<string, Type> EarlierAnswers { get; } = new()
    {
        { "ImportExportExportList", typeof(RecordListResponse<ExportResponse>) },
        { "ImportExportScheduleList", typeof(RecordListResponse<ScheduleSummaryResponse>) },
        { "ImportExportScheduleRun", typeof(ScheduleRunResponse) },
        { "ImportExportScheduleRunList", typeof(RecordListResponse<ScheduleRunResponse>) },
        { "ImportExportStartedRun", typeof(StartedRunResponse) },
        { "ImportExportOccurrenceList", typeof(ListResponse<OccurrenceResponse>) },
        { "ImportExportMetric", typeof(AttemptRecord) },
        { "ImportExportMetricList", typeof(RecordListResponse<AttemptRecord>) },
        { "ImportExportSlowExport", typeof(SlowExport) },
        { "ImportExportSlowest", typeof(SlowestResponse) },
    };

    private static IEnumerable<string> Operators => Enum.GetNames<FilterOperator>().Select(JsonNamingPolicy.CamelCase.ConvertName);

    [Fact]
    public void References_LeadSomewhere()
    {
        var references =
            OpenApiDocument.Everything(OpenApiDocument.Root).Where(node => node is JsonObject item && item["$ref"] is JsonValue).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(OpenApiDocument.Resolve(reference) is not null, reference.ToJsonString()));
    }

    [Fact]
    public void Components_AreAllUsed()
    {
        var used = OpenApiDocument.Everything(OpenApiDocument.Root).OfType<JsonObject>().Select(item => item["$ref"]).OfType<JsonValue>()
            .Select(reference => reference.GetValue<string>()).ToHashSet(StringComparer.Ordinal);

        var components =
            from kind in OpenApiDocument.Root["components"]!.AsObject()
            where kind.Key is not "securitySchemes"
            from component in kind.Value!.AsObject()
            select $"#/components/{kind.Key}/{component.Key}";

        Assert.Equal(components.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Schema_HasThePropertiesOfTheAnswer_InItsOrder(string schema, Type answer)
    {
        var expected = ApiTypes.Standard.GetTypeInfo(answer).Properties.Where(
            property => property.Get is not null).Select(property => property.Name);

        var actual = OpenApiDocument.Schema(schema)["properties"]!.AsObject().Select(property => property.Key);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Schema_AllowsNull_WhereTheAnswerHasIt(string schema, Type answer)
    {
        var expected = ApiTypes.Standard.GetTypeInfo(answer).Properties
            .Where(property => property is { IsGetNullable: true, ShouldSerialize: null } && Nullable(answer, property.Name)).Select(
                property => property.Name);

        var actual = OpenApiDocument.Schema(schema)["properties"]!.AsObject().Where(
            property => AllowsNull(property.Value!)).Select(property => property.Key);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(EarlierAnswers))]
    public void EarlierSchema_HasThePropertiesOfTheAnswer_InItsOrder(string schema, Type answer)
    {
        var expected = ApiTypes.Earlier.GetTypeInfo(answer).Properties.Where(property => property.ShouldSerialize is null).Select(
            property => property.Name).ToList();

        var described = OpenApiDocument.Schema(schema);
        Assert.Equal(expected, described["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(expected, OpenApiDocument.Texts(described["required"]));
    }

    [Fact]
    public void Schema_RequiresEveryProperty_ThatIsAlwaysWritten()
    {
        Assert.All(Answers.Where(row => row.Data.Item1 is not "Problem"), row => Assert.Equal(
            ApiTypes.Standard.GetTypeInfo(
                row.Data.Item2).Properties.Where(property => property.ShouldSerialize is null).Select(property => property.Name),
            OpenApiDocument.Texts(OpenApiDocument.Schema(row.Data.Item1)["required"])));
        Assert.Equal(["type", "title", "status", "detail"], OpenApiDocument.Texts(OpenApiDocument.Schema("Problem")["required"]));
    }

    [Fact]
    public void Status_HasTheStatesOfAJob()
    {
        var actual = OpenApiDocument.Texts(OpenApiDocument.Schema("Status")["enum"]);

        Assert.Equal(Enum.GetValues<ExportStatus>().Select(status => status.Name()), actual);
    }

    [Fact]
    public void Format_HasTheFormatsOfTheApp()
    {
        var actual = OpenApiDocument.Texts(OpenApiDocument.Schema("Format")["enum"]);

        Assert.Equal(AppFormats.Catalog.Names, actual);
    }

    [Fact]
    public void Comparisons_HaveTheOperatorsOfFilters()
    {
        var comparisons = OpenApiDocument.Schema(
            "Filter")["oneOf"]!.AsArray().Select(schema => OpenApiDocument.Resolve(schema!)!["properties"]!["op"]).OfType<JsonNode>();

        var actual = comparisons.SelectMany(op => OpenApiDocument.Texts(op["enum"]));

        Assert.Equal(Operators.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DatasetColumn_HasTheTypesAndOperators()
    {
        var properties = OpenApiDocument.Schema("DatasetColumn")["properties"]!;

        Assert.Equal(ColumnTypeNames.All, OpenApiDocument.Texts(properties["type"]!["enum"]));
        Assert.Equal(Operators, OpenApiDocument.Texts(properties["operators"]!["items"]!["enum"]));
    }

    [Fact]
    public void Options_AreThoseOfFormats()
    {
        var expected = typeof(WriterOptions).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        var properties = OpenApiDocument.Schema("Options")["properties"]!;

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), properties.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Choices<InjectionProfile>(), OpenApiDocument.Texts(properties["profile"]!["enum"]));
        Assert.Equal(Choices<LineEnding>(), OpenApiDocument.Texts(properties["lineEnding"]!["enum"]));
        Assert.Equal(Choices<FieldQuoting>(), OpenApiDocument.Texts(properties["quoting"]!["enum"]));
        Assert.Equal(Choices<FileCompression>(), OpenApiDocument.Texts(properties["compression"]!["enum"]));
        Assert.Equal(Choices<NumberForm>(), OpenApiDocument.Texts(properties["largeIntegers"]!["enum"]));
        Assert.Equal(Choices<NumberForm>(), OpenApiDocument.Texts(properties["decimals"]!["enum"]));
        Assert.Equal(Choices<NullProperties>(), OpenApiDocument.Texts(properties["nulls"]!["enum"]));
        Assert.Equal(Choices<PageSize>(), OpenApiDocument.Texts(properties["pageSize"]!["enum"]));
        Assert.Equal(Choices<PageOrientation>(), OpenApiDocument.Texts(properties["orientation"]!["enum"]));
    }

    [Fact]
    public void Schedules_HaveTheNamesOfTheCode()
    {
        Assert.Equal(Choices<ScheduleFrequency>(), OpenApiDocument.Texts(OpenApiDocument.Schema("Frequency")["enum"]));
        Assert.Equal(
            Choices<DayOfWeek>().Order(StringComparer.Ordinal),
            OpenApiDocument.Texts(OpenApiDocument.Schema("Weekday")["enum"]).Order(StringComparer.Ordinal));
        Assert.Equal(Choices<MisfirePolicy>(), OpenApiDocument.Texts(OpenApiDocument.Schema("Misfire")["enum"]));
        Assert.Equal(Choices<ScheduleState>(), OpenApiDocument.Texts(OpenApiDocument.Schema("ScheduleState")["enum"]));
        Assert.Equal(
            Choices<ClockChange>(), OpenApiDocument.Texts(OpenApiDocument.Schema("Occurrence")["properties"]!["clockChange"]!["enum"]));
        Assert.Equal(
            Choices<ScheduleRunOutcome>(), OpenApiDocument.Texts(OpenApiDocument.Schema("ScheduleRun")["properties"]!["outcome"]!["enum"]));
    }

    [Fact]
    public void Monitoring_HasTheNamesOfTheCode()
    {
        Assert.Equal(AttemptOutcomes.Names, OpenApiDocument.Texts(OpenApiDocument.Schema("Outcome")["enum"]));
        Assert.Equal(AlertMetrics.Names, OpenApiDocument.Texts(OpenApiDocument.Schema("AlertMetric")["enum"]));
    }

    [Fact]
    public void Notifications_HaveTheNamesOfTheCode()
    {
        Assert.Equal(
            Enum.GetValues<NotificationEvent>().Select(NotificationEvents.Name),
            OpenApiDocument.Texts(OpenApiDocument.Schema("Event")["enum"]));
        Assert.Equal(WebhookKinds.Names, OpenApiDocument.Texts(OpenApiDocument.Schema("WebhookKind")["enum"]));

        // A trial is made at once, whatever waits.
        Assert.Equal(
            Choices<DeliveryOutcome>().Where(name => name != "notNow").Order(StringComparer.Ordinal),
            OpenApiDocument.Texts(OpenApiDocument.Schema("WebhookTest")["properties"]!["outcome"]!["enum"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ScheduleRequest")]
    [InlineData("ImportExportScheduleRequest")]
    public void ScheduleRequest_HasTheFieldsOfTheReader(string schema)
    {
        var (_, errors) = ScheduleRequests.Read("""{"nothing":0}""");

        var message = errors["nothing"].Single();
        Assert.All(
            OpenApiDocument.Schema(schema)["properties"]!.AsObject(),
            property => Assert.Contains($" {property.Key}", message, StringComparison.Ordinal));
        Assert.Equal(message.Split(',').Length, OpenApiDocument.Schema(schema)["properties"]!.AsObject().Count);
    }

    private static IEnumerable<string> Choices<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static bool AllowsNull(JsonNode schema) =>
        schema["type"] is JsonArray types ? OpenApiDocument.Texts(types).Contains("null", StringComparer.Ordinal)
        : schema["oneOf"] is JsonArray choices && choices.Any(
            choice => choice!["type"] is JsonValue type && type.GetValue<string>() == "null");

    private static bool Nullable(Type answer, string name)
    {
        var property = answer.GetProperties().Single(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name);
        return new System.Reflection.NullabilityInfoContext().Create(property).ReadState == System.Reflection.NullabilityState.Nullable;
    }
}
