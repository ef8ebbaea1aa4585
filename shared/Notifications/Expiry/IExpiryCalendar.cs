namespace ExportFunctions.Notifications.Expiry;

/// <summary>
/// Keeps when people are to be told that a file is about to expire, so that nobody has to look through all exports for those.
/// </summary>
internal interface IExpiryCalendar
{
    /// <summary>Notes an export; noted again for the same instant, it is there once.</summary>
    Task AddAsync(ExpiryEntry entry, CancellationToken cancellationToken);

    /// <summary>What is due at an instant, the earliest first.</summary>
    IAsyncEnumerable<ExpiryEntry> DueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes an entry out; no error when it is gone.</summary>
    Task RemoveAsync(ExpiryEntry entry, CancellationToken cancellationToken);
}

/// <summary>An entry of the calendar.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="TellAt">When people are to be told.</param>
internal sealed record ExpiryEntry(Guid ExportId, DateTimeOffset TellAt);
