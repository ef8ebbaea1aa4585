namespace ExportFunctions.Monitoring.Alerts;

/// <summary>The state of a rule between attempts.</summary>
/// <param name="RaisedAt">When it raised its last alert, in UTC; null when it never has.</param>
/// <param name="AlertId">That alert.</param>
/// <param name="Exports">
/// The last exports that succeeded or failed, newest last; empty unless the rule's metric is the failure rate.
/// </param>
internal sealed record AlertWindow(DateTime? RaisedAt, Guid? AlertId, IReadOnlyList<WatchedExport> Exports)
{
    public static readonly AlertWindow Empty = new(RaisedAt: null, AlertId: null, []);

    /// <summary>The window with an export counted, unless it is counted already.</summary>
    public AlertWindow With(WatchedExport export, int max) =>
        Exports.Any(known => known.JobId == export.JobId) ? this : this with { Exports = [.. Exports.TakeLast(max - 1), export] };

    /// <summary>
    /// Whether the rule is in its quiet period. An alert raised by a clock that ran ahead doesn't silence the rule until then.
    /// </summary>
    public bool IsQuiet(DateTime now, TimeSpan period) => RaisedAt is { } raised && (now - raised).Duration() < period;
}

/// <summary>An export that succeeded or failed.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Failed">Whether it failed.</param>
internal sealed record WatchedExport(Guid JobId, bool Failed);
