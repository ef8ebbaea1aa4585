using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules.Requests;

/// <summary>Reads and validates schedules field by field, and reports all errors at once.</summary>
public sealed class ScheduleRequestReader(ExportRequestReader exports, TimeProvider time)
{
    private const int MaxNameLength = 100;
    private const int MaxRuns = 100;

    private static readonly JsonShape Shape = new(
        [
            "name", "export", .. ScheduleTimingReader.Fields, "enabled", "misfire", "catchUpMost", "suspendAfter", "startsAt", "endsAt",
            "allowOverlap", "notify",
        ],
        "{\"name\": \"Students\", \"export\": {\"dataset\": \"students\"}, \"frequency\": \"daily\"}");

    /// <summary>Reads a schedule.</summary>
    /// <param name="body">The body.</param>
    /// <param name="names">The field names to accept in the export.</param>
    /// <param name="errors">Receives the errors; those of the export under <c>export</c>.</param>
    /// <returns>The request; null when there is any error.</returns>
    public ScheduleRequest? Read(JsonElement body, RequestNames names, FieldErrors errors)
    {
        if (JsonFields.Open(body, Shape, errors) is not { } fields)
            return null;

        var name = fields.RequiredText("name", MaxNameLength, "Students for the registrar");
        var export = ReadExport(fields, names);
        var casing = names.TakesUpperCaseFrequency ? FrequencyCasing.LowerOrUpper : FrequencyCasing.Lower;
        var timing = ScheduleTimingReader.Read(fields, casing);
        var request = new ScheduleRequest
        {
            Name = name,

            // A placeholder for what is missing: the request is rejected anyway, but its other fields are still validated.
            Export = export!,
            Timing = timing!,
            Enabled = fields.Flag("enabled", otherwise: true),
            Misfire = fields.OneOf<MisfirePolicy>("misfire", ScheduleNames.Name) ?? MisfirePolicy.RunOnce,
            MaxCatchUpRuns = fields.WholeNumber("catchUpMost", 1, MaxRuns, "10") ?? 10,
            SuspendAfter = fields.WholeNumber("suspendAfter", 1, MaxRuns, "5") ?? 5,
            StartsAt = fields.Instant("startsAt"),
            EndsAt = fields.Instant("endsAt"),
            AllowOverlap = fields.Flag("allowOverlap"),
            Notify = exports.Addresses.Read(fields, "notify"),
        };
        CheckEnd(request, timing, errors);
        return errors.IsEmpty && export is not null && timing is not null ? request : null;
    }

    /// <summary>Rejects a schedule that would never be due, instead of accepting one that never runs.</summary>
    private void CheckEnd(ScheduleRequest request, ScheduleTiming? timing, FieldErrors errors)
    {
        var now = time.GetUtcNow();
        if (request.EndsAt <= request.StartsAt)
            errors.Add(
                "endsAt",
                "Must be after startsAt, such as \"2027-12-31T23:59:59Z\" for a schedule that starts at \"2027-01-01T00:00:00Z\".");
        else if (request.EndsAt <= now)
            errors.Add("endsAt", "Lies in the past, so that the schedule would never be due. Must be after now, "
                + $"{now:yyyy-MM-dd'T'HH:mm:ss'Z'}; leave it out for no end.");
        else if (timing is not null && !Occurrences.For(timing).After(now, request.StartsAt, request.EndsAt).Any())
            errors.Add(request.EndsAt is null ? "startsAt" : "endsAt", NeverDue(request, timing, now));
    }

    private static string NeverDue(ScheduleRequest request, ScheduleTiming timing, DateTimeOffset now)
    {
        var next = Occurrences.For(timing).After(now, request.StartsAt, endsAt: null).FirstOrDefault();
        return next is null
            ? $"The schedule, {timing.InWords()}, would never be due from then on."
            : $"The schedule, {timing.InWords()}, would never be due: the first time from its start on is "
                + $"{next.At:yyyy-MM-dd'T'HH:mm:ss'Z'}. Must not be before that, or change the timing.";
    }

    private ExportRequest? ReadExport(JsonFields fields, RequestNames names)
    {
        const string Name = "export";
        var expected = FieldMessages.Object(ExportRequestReader.ExampleFor(names));
        if (fields.Required(Name, expected) is not { } element)
            return null;

        var errors = new FieldErrors();
        var export = exports.Read(element, formatParameter: null, names, errors);
        fields.Errors.AddAll(Name, errors);
        return export;
    }
}
