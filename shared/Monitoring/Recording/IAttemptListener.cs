using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>Receives every record once it is stored. After a crash it may receive one again: every call must be safe to repeat.</summary>
internal interface IAttemptListener
{
    /// <summary>Receives a record. If it throws, the record is sent again later.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isNew">Whether it is sent for the first time, as far as is known: false after a crash.</param>
    Task OnRecordedAsync(AttemptRecord record, bool isNew, CancellationToken cancellationToken);
}
