using ExportFunctions.Exports.Jobs;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;
using Change = ExportFunctions.Schedules.Timing.ClockChange;

namespace ExportFunctions.Functions.Schedules;

/// <summary>An instant at which a schedule is due, in its zone's wall-clock time and in UTC.</summary>
internal sealed record OccurrenceResponse(DateTimeOffset Local, DateTime Utc, string ClockChange, string? Note)
{
    public static OccurrenceResponse Of(Occurrence occurrence) => new(
        new DateTimeOffset(occurrence.Local, occurrence.Offset),
        occurrence.At.UtcDateTime,
        occurrence.ClockChange.Name(),
        NoteOn(occurrence.ClockChange));

    private static string? NoteOn(Change change) => change switch
    {
        Change.Gap => "The clock is put forward over the asked-for time: due at the first valid time after it.",
        Change.Overlap => "The clock is put back, and the asked-for time comes twice: due once, the first time.",
        Change.Repeat => "The clock was put back: the second of two equal hours, and due in both.",
        _ => null,
    };
}
