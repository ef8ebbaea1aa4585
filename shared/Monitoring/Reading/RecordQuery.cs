using System.Text.Json;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>Which records to read.</summary>
public sealed record RecordQuery
{
    /// <summary>Only attempts that ended at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only attempts that ended before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this dataset.</summary>
    public string? Dataset { get; init; }

    /// <summary>Only this format.</summary>
    public string? Format { get; init; }

    /// <summary>Only this outcome.</summary>
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>Whether a record matches.</summary>
    internal bool Takes(AttemptRecord record) =>
        record.Version == AttemptRecord.CurrentVersion
        && (Outcome is null || record.Outcome == Outcome)
        && (Dataset is null || string.Equals(record.Dataset, Dataset, StringComparison.Ordinal))
        && (Format is null || string.Equals(record.Format, Format, StringComparison.Ordinal))
        && !(record.EndedAt < From?.UtcDateTime)
        && !(record.EndedAt >= To?.UtcDateTime);

    /// <summary>The record of a line, if it matches.</summary>
    internal AttemptRecord? Read(ReadOnlySpan<byte> line) => Read(line, out _);

    /// <summary>The record of a line, if it matches.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isReadable">Whether the line is a record at all.</param>
    internal AttemptRecord? Read(ReadOnlySpan<byte> line, out bool isReadable)
    {
        try
        {
            isReadable = true;
            return JsonSerializer.Deserialize(line, MonitoringJson.Default.AttemptRecord) is { } record && Takes(record) ? record : null;
        }
        catch (JsonException)
        {
            // Written by a later version, or incomplete.
            isReadable = false;
            return null;
        }
    }
}
