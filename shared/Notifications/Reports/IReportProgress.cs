namespace ExportFunctions.Notifications.Reports;

/// <summary>Keeps which weekly report is due and which one people were told of.</summary>
internal interface IReportProgress
{
    /// <summary>Reads it; both are empty before the first report.</summary>
    Task<ReportProgress> FindAsync(CancellationToken cancellationToken);

    /// <summary>Stores it. Two hosts may do so at a time: telling twice tells nobody twice.</summary>
    Task SaveAsync(ReportProgress progress, CancellationToken cancellationToken);
}

/// <summary>How far weekly reports are, each by the day after its last one.</summary>
/// <param name="Due">The latest report that is to be told of.</param>
/// <param name="Told">The latest report that people were told of.</param>
internal sealed record ReportProgress(DateOnly? Due, DateOnly? Told);
