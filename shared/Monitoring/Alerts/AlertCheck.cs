using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Evaluates an attempt against a rule.</summary>
internal static class AlertCheck
{
    /// <summary>Whether a rule applies to an attempt.</summary>
    public static bool Watches(AlertRule rule, AttemptRecord record) =>
        rule.Enabled
        && (rule.Dataset is null || string.Equals(rule.Dataset, record.Dataset, StringComparison.Ordinal))
        && (rule.Format is null || string.Equals(rule.Format, record.Format, StringComparison.Ordinal))
        && rule.Metric switch
        {
            AlertMetric.Duration => record.Attempt > 0 && record.Outcome is not AttemptOutcome.Released,
            AlertMetric.RowsPerSecond => record.Outcome == AttemptOutcome.Succeeded && record.Rows > 0,
            AlertMetric.FileSize => record.Outcome == AttemptOutcome.Succeeded,
            AlertMetric.FailureRate => record.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed,
            AlertMetric.QueueWait => record.Attempt > 0,
            _ => false,
        };

    /// <summary>The value to compare with the threshold; null when there is none yet.</summary>
    public static double? ValueOf(AlertRule rule, AttemptRecord record, AlertWindow window) => rule.Metric switch
    {
        AlertMetric.Duration => record.DurationSeconds,
        AlertMetric.RowsPerSecond => record.RowsPerSecond,
        AlertMetric.FileSize => record.Bytes,
        AlertMetric.QueueWait => record.QueueWaitSeconds,
        _ => window.Exports.Count < rule.Last ? null : Math.Round(
            (double)window.Exports.Count(export => export.Failed) / window.Exports.Count, 4),
    };

    /// <summary>Whether a value crosses the threshold.</summary>
    public static bool Crosses(AlertRule rule, double value) => rule.Metric switch
    {
        AlertMetric.RowsPerSecond => value < rule.Threshold,
        AlertMetric.FailureRate => value >= rule.Threshold,
        _ => value > rule.Threshold,
    };

    /// <summary>The alert of a crossing.</summary>
    public static Alert AlertOf(AlertRule rule, AttemptRecord record, double value) => new()
    {
        Id = IdOf(rule.Id, record),
        RuleId = rule.Id,
        RuleName = rule.Name,
        Metric = rule.Metric,
        Threshold = rule.Threshold,
        Value = value,
        Message = MessageOf(rule, record, value),
        ExportId = record.ExportId,
        Attempt = record.Attempt,
        Dataset = record.Dataset,
        Format = record.Format,
        RaisedAt = record.EndedAt,
    };

    /// <summary>
    /// The time of the attempt's end, which orders alerts, and a hash of rule and attempt, in the form of a version 7 GUID.
    /// </summary>
    internal static Guid IdOf(Guid rule, AttemptRecord record)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{rule:N} {record.ExportId:N} {record.Attempt}");
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(name), bytes);
        var milliseconds = new DateTimeOffset(record.EndedAt).ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));

        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes[..16], bigEndian: true);
    }

    private static string MessageOf(AlertRule rule, AttemptRecord record, double value)
    {
        var what = $"{record.Dataset} as {record.Format}";
        return rule.Metric switch
        {
            AlertMetric.Duration => string.Create(
                CultureInfo.InvariantCulture, $"An export of {what} took {value:0.###} s; the threshold is {rule.Threshold:0.###} s."),
            AlertMetric.RowsPerSecond => string.Create(
                CultureInfo.InvariantCulture,
                $"An export of {what} wrote {value:0.#} rows a second; the threshold is {rule.Threshold:0.#}."),
            AlertMetric.FileSize => string.Create(
                CultureInfo.InvariantCulture, $"A file of {what} has {value:N0} bytes; the threshold is {rule.Threshold:N0}."),
            AlertMetric.QueueWait => string.Create(
                CultureInfo.InvariantCulture, $"An export of {what} waited {value:0.###} s; the threshold is {rule.Threshold:0.###} s."),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{value * 100:0.#} % of the last {rule.Last} exports failed; the threshold is {rule.Threshold * 100:0.#} %."),
        };
    }
}
