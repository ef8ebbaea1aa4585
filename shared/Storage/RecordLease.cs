using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>
/// Leases in records. A record says how long its lease had left when it was written; how long ago that was, the storage service alone
/// tells, by its own clock. So all hosts agree on when a lease ends, whatever their clocks say.
/// </summary>
/// <param name="time">The reader's clock, on which ends of leases are given.</param>
internal sealed class RecordLease(TimeProvider time)
{
    private const string Left = "leaseLeft";

    /// <summary>Notes in a record what its lease has left.</summary>
    /// <param name="entity">The record, about to be written.</param>
    /// <param name="until">When the lease ends, on this host's clock; null when there is none.</param>
    public void Write(TableEntity entity, DateTimeOffset? until) =>
        entity[Left] = until is { } end ? (end - time.GetUtcNow()).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) : "";

    /// <summary>When a record's lease ends, on this host's clock; null when it has none.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="response">The answer it came with.</param>
    public DateTimeOffset? Read(TableEntity entity, Response response)
    {
        if (entity.GetString(Left) is not { Length: > 0 } text)
            return null;
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var left))
            throw new InvalidDataException($"Its {Left} is not a number.");

        return time.GetUtcNow() + TimeSpan.FromMilliseconds(left) - entity.AgeIn(response);
    }
}
