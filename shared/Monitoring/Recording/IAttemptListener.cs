using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>Hears of every record once it is kept. After a crash it may hear of one again, and every call must be safe to repeat.</summary>
internal interface IAttemptListener
{
    /// <summary>Takes a record. What it throws has the record told again later.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isNew">Whether it is told for the first time, as far as is known: false after a crash.</param>
    Task OnRecordedAsync(AttemptRecord record, bool isNew, CancellationToken cancellationToken);
}
