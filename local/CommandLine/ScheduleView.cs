namespace ExportFunctions.Local.CommandLine;

/// <summary>A schedule as the API shows it, alone or in a list.</summary>
internal sealed record ScheduleView(string Id, string Name, string State, string? Dataset, string? Format, string InWords, DateTimeOffset? NextDue, string? SuspendedBecause);

/// <summary>A page of schedules.</summary>
internal sealed record ScheduleListView(IReadOnlyList<ScheduleView> Items, string? ContinuationToken);

/// <summary>An instant at which a schedule is due.</summary>
internal sealed record OccurrenceView(DateTimeOffset Local, DateTimeOffset Utc, string? Note);

/// <summary>The next instants at which a schedule is due.</summary>
internal sealed record OccurrenceListView(IReadOnlyList<OccurrenceView> Items);

/// <summary>A run that was asked for.</summary>
internal sealed record StartedRunView(string ExportId, string Url);
