using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>
/// Leases in records. A record stores how long its lease had left when it was written; the time since then is measured by the storage
/// service's clock alone. So all hosts agree on when a lease expires, whatever their own clocks say.
/// </summary>
/// <param name="time">The reader's clock, which lease expiry times are expressed in.</param>
internal sealed class RecordLease(TimeProvider time)
{
    private const string Left = "leaseLeft";

    /// <summary>Stores a lease's remaining time in a record.</summary>
    /// <param name="entity">The record, about to be written.</param>
    /// <param name="until">When the lease expires, on this host's clock; null when there is none.</param>
    public void Write(TableEntity entity, DateTimeOffset? until) =>
        entity[Left] = until is { } end ? (end - time.GetUtcNow()).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) : "";

    /// <summary>When a record's lease expires, on this host's clock; null when it has none.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="response">The response it came in.</param>
    public DateTimeOffset? Read(TableEntity entity, Response response)
    {
        if (entity.GetString(Left) is not { Length: > 0 } text)
            return null;
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var left))
            throw new InvalidDataException($"Its {Left} is not a number.");

        return time.GetUtcNow() + TimeSpan.FromMilliseconds(left) - entity.AgeIn(response);
    }
}
