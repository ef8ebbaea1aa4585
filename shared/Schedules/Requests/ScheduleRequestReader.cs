using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules.Requests;

/// <summary>Reads and checks schedules, field by field, and says everything that is wrong at once.</summary>
public sealed class ScheduleRequestReader(ExportRequestReader exports, TimeProvider time)
{
    private const int MaxNameLength = 100;
    private const int MaxRuns = 100;

    private static readonly string[] Fields =
    [
        "name", "export", .. ScheduleTimingReader.Fields, "enabled", "misfire", "catchUpMost", "suspendAfter", "startsAt", "endsAt", "allowOverlap", "notify",
    ];

    /// <summary>Reads a schedule.</summary>
    /// <param name="body">The body.</param>
    /// <param name="names">Which names the fields of the export go by.</param>
    /// <param name="errors">Takes what is wrong; that of the export under <c>export</c>.</param>
    /// <returns>The request; null when anything is wrong.</returns>
    public ScheduleRequest? Read(JsonElement body, RequestNames names, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object such as {\"name\": \"Students\", \"export\": {\"dataset\": \"students\"}, \"frequency\": \"daily\"}.");
            return null;
        }

        CheckNames(body, errors);
        var field = new ScheduleField(body, errors);
        var name = field.Text("name", MaxNameLength, "Students for the registrar");
        var export = ReadExport(field.Given("export"), names, errors);
        using var timingPart = TimingPart.Of(body, names);
        var timing = ScheduleTimingReader.Read(timingPart.RootElement, errors);
        var request = new ScheduleRequest
        {
            // Stands in for what is missing: the request is dropped then, but its other fields are read all the same.
            Name = name ?? "",
            Export = export!,
            Timing = timing!,
            Enabled = field.Flag("enabled", otherwise: true),
            Misfire = field.Misfire("misfire"),
            MaxCatchUpRuns = field.Count("catchUpMost", MaxRuns, otherwise: 10),
            SuspendAfter = field.Count("suspendAfter", MaxRuns, otherwise: 5),
            StartsAt = field.Instant("startsAt"),
            EndsAt = field.Instant("endsAt"),
            AllowOverlap = field.Flag("allowOverlap", otherwise: false),
            Notify = exports.Addresses.Read(field.Given("notify"), "notify", errors),
        };
        CheckEnd(request, timing, errors);
        return errors.IsEmpty && export is not null && timing is not null ? request : null;
    }

    /// <summary>A schedule that would never be due says so now, rather than never to run.</summary>
    private void CheckEnd(ScheduleRequest request, ScheduleTiming? timing, FieldErrors errors)
    {
        var now = time.GetUtcNow();
        if (request.EndsAt <= request.StartsAt)
            errors.Add("endsAt", "Must be after startsAt, such as \"2027-12-31T23:59:59Z\" for a schedule that starts at \"2027-01-01T00:00:00Z\".");
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

    private static void CheckNames(JsonElement body, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
                errors.Add(property.Name, $"Unknown field. The fields are {string.Join(", ", Fields)}.");
            else if (!seen.Add(property.Name))
                errors.Add(property.Name, $"The field is given twice. Keep one {property.Name}.");
        }
    }

    private ExportRequest? ReadExport(JsonElement? given, RequestNames names, FieldErrors errors)
    {
        if (given is not { ValueKind: JsonValueKind.Object } element)
        {
            errors.Add("export", $"{(given is null ? "Required:" : "Must be")} an export request, such as {{\"{names.Preferred("dataset")}\": \"students\", \"{names.Preferred("format")}\": \"csv\"}}.");
            return null;
        }

        var exportErrors = new FieldErrors();
        var export = exports.Read(element, formatParameter: null, names, exportErrors);
        errors.AddAll("export", exportErrors);
        return export;
    }
}
