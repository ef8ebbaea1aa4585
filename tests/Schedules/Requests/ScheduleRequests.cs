using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Schedules.Requests;

/// <summary>Reads schedules against the sample school and the app's formats.</summary>
internal static class ScheduleRequests
{
    private static readonly ScheduleRequestReader Reader = new(
        AppFormats.SchoolRequests, new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero)));

    public static (ScheduleRequest? Request, IReadOnlyDictionary<string, string[]> Errors) Read(string json, RequestNames? names = null)
    {
        using var body = JsonDocument.Parse(json, ExportRequestReader.JsonOptions);
        var errors = new FieldErrors();
        var request = Reader.Read(body.RootElement, names ?? RequestNames.Standard, errors);
        return (request, errors.ByField);
    }
}
