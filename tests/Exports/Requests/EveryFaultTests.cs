using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;
using ExportFunctions.Tests.Schedules.Requests;

namespace ExportFunctions.Tests.Exports.Requests;

/// <summary>Whatever else is wrong, each bad field is named: seeded, some thousand bodies.</summary>
public sealed class EveryFaultTests
{
    private const int Bodies = 2_000;
    private const string Export = """{"dataset":"students","format":"csv"}""";

    [Fact]
    public void Read_NamesEveryBadField_OfAnExport()
    {
        var random = new Random(20261127);
        for (var i = 0; i < Bodies; i++)
        {
            var faults = FieldFaults.Some(FieldFaults.OfExports, random);
            var body = FieldFaults.Body(Export, faults).ToJsonString();

            var errors = Read(body, RequestNames.Standard);

            AssertNamed(faults.Select(fault => fault.Path), errors, body);
        }
    }

    [Fact]
    public void Read_NamesEveryBadField_UnderTheEarlierNames()
    {
        var random = new Random(20261128);
        for (var i = 0; i < Bodies; i++)
        {
            var faults = FieldFaults.Some(FieldFaults.OfExports, random);
            var body = FieldFaults.Body(Export, faults, RequestNames.ImportExport.Preferred).ToJsonString();

            var errors = Read(body, RequestNames.ImportExport);

            AssertNamed(faults.Select(fault => RequestNames.ImportExport.Preferred(fault.Path)), errors, body);
        }
    }

    [Fact]
    public void Read_NamesEveryBadField_OfAScheduleAndItsExport()
    {
        var random = new Random(20261129);
        for (var i = 0; i < Bodies; i++)
        {
            var (faults, ofExport) = (FieldFaults.Some(FieldFaults.OfSchedules, random), FieldFaults.Some(FieldFaults.OfExports, random));
            var schedule = FieldFaults.Body("""{"name":"x","frequency":"weekly"}""", faults);
            schedule["export"] = FieldFaults.Body(Export, ofExport);
            var body = schedule.ToJsonString();

            var (_, errors) = ScheduleRequests.Read(body);

            AssertNamed(faults.Select(fault => fault.Path).Concat(ofExport.Select(fault => $"export.{fault.Path}")), errors, body);
        }
    }

    [Fact]
    public void Read_SaysNothingOfFieldsThatAreRight_WhenDatasetAndFormatAreUnknown()
    {
        const string body = """
            {"dataset":"nobody","format":"docx","columns":["a","b"],"sort":["-a",{"column":"b","direction":"desc"}],"offset":1,"limit":2,"fileName":"x",
             "filter":{"and":[{"column":"a","op":"in","value":[1,"x"]},{"not":{"column":"b","op":"between","value":[1,2]}},{"column":"c","op":"isNull"}]},
             "options":{"delimiter":";","tagged":true,"table":false}}
            """;

        var errors = Read(body, RequestNames.Standard);

        Assert.Equal(["dataset", "format"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"dataset":"studens"}""", "dataset", "did you mean \"students\"?")]
    [InlineData("""{"dataset":"students","fromat":"csv"}""", "fromat", "did you mean \"format\"?")]
    [InlineData("""{"dataset":"students","format":"csv","options":{"delimter":";"}}""", "options.delimter", "did you mean \"delimiter\"?")]
    [InlineData("""{"dataset":"students","format":"docx","options":{"delimter":";"}}""", "options.delimter", "did you mean \"delimiter\"?")]
    public void Read_NamesTheNearest_WhenANameIsUnknown(string body, string field, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(body, RequestNames.Standard)[field]), StringComparison.Ordinal);

    private static void AssertNamed(IEnumerable<string> paths, IReadOnlyDictionary<string, string[]> errors, string body)
    {
        var missing = paths.Except(errors.Keys, StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"{string.Join(", ", missing)} is not named for {body}, but {string.Join(", ", errors.Keys)}.");
    }

    private static IReadOnlyDictionary<string, string[]> Read(string json, RequestNames names)
    {
        using var body = JsonDocument.Parse(json, ExportRequestReader.JsonOptions);
        var errors = new FieldErrors();
        Assert.Null(AppFormats.SchoolRequests.Read(body.RootElement, formatParameter: null, names, errors));
        return errors.ByField;
    }
}
