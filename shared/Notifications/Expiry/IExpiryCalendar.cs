namespace ExportFunctions.Notifications.Expiry;

/// <summary>Stores when expiry notices are due, so that no one has to scan all exports for them.</summary>
internal interface IExpiryCalendar
{
    /// <summary>Adds an export; adding it again for the same instant has no effect.</summary>
    Task AddAsync(ExpiryEntry entry, CancellationToken cancellationToken);

    /// <summary>The entries due at an instant, earliest first.</summary>
    IAsyncEnumerable<ExpiryEntry> DueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes an entry; no error when it does not exist.</summary>
    Task RemoveAsync(ExpiryEntry entry, CancellationToken cancellationToken);
}

/// <summary>An entry of the calendar.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="TellAt">When the notice is due.</param>
internal sealed record ExpiryEntry(Guid ExportId, DateTimeOffset TellAt);
