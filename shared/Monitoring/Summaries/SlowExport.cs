using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>An attempt among the slowest succeeded ones.</summary>
/// <param name="ExportId">The export's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Format">The format's name.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="Rows">Records written.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="RowsPerSecond">Records per second.</param>
/// <param name="SourceSeconds">Seconds spent waiting for the source.</param>
/// <param name="WriterSeconds">Seconds spent formatting and uploading.</param>
/// <param name="Host">The host it ran on.</param>
public sealed record SlowExport(
    Guid ExportId,
    int Attempt,
    string Dataset,
    string Format,
    DateTime EndedAt,
    double DurationSeconds,
    long Rows,
    long Bytes,
    double RowsPerSecond,
    double? SourceSeconds,
    double? WriterSeconds,
    string? Host)
{
    internal static SlowExport Of(AttemptRecord record) => new(
        record.ExportId,
        record.Attempt,
        record.Dataset,
        record.Format,
        record.EndedAt,
        record.DurationSeconds,
        record.Rows,
        record.Bytes,
        record.RowsPerSecond,
        record.SourceSeconds,
        record.WriterSeconds,
        record.Host);
}
