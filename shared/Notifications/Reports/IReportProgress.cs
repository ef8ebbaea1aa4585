namespace ExportFunctions.Notifications.Reports;

/// <summary>Stores which weekly report is due and which was sent last.</summary>
internal interface IReportProgress
{
    /// <summary>Reads it; both are empty before the first report.</summary>
    Task<ReportProgress> FindAsync(CancellationToken cancellationToken);

    /// <summary>Stores it. Two hosts may do so at the same time: sending a report again delivers nothing twice.</summary>
    Task SaveAsync(ReportProgress progress, CancellationToken cancellationToken);
}

/// <summary>The progress of weekly reports, each identified by the day after its last one.</summary>
/// <param name="Due">The latest report due.</param>
/// <param name="Told">The latest report sent.</param>
internal sealed record ReportProgress(DateOnly? Due, DateOnly? Told);
