namespace ExportFunctions.Exports.Requests;

/// <summary>Stores filters that are too large for the records of their requests, each under its own name.</summary>
public interface ILargeFilters
{
    /// <summary>
    /// Stores the filter of a request separately if the request is too large for a record. Call it before writing the record, so that no
    /// crash can leave a record without its filter.
    /// </summary>
    /// <param name="owner">The owner of the request.</param>
    /// <param name="json">The request as accepted.</param>
    /// <param name="cancellationToken">
    /// Cancels the call; the filter may be stored nevertheless, and the next cleanup then removes it.
    /// </param>
    /// <returns>What to store in the record: the request itself, or the request without its filter.</returns>
    Task<string> SetApartAsync(FilterOwner owner, string json, CancellationToken cancellationToken);

    /// <summary>The complete request; null when its filter is gone.</summary>
    /// <param name="owner">The owner of the request.</param>
    /// <param name="recorded">The content of the record.</param>
    /// <exception cref="InvalidDataException">The filter is not the one that was stored.</exception>
    Task<string?> WholeAsync(FilterOwner owner, string recorded, CancellationToken cancellationToken);

    /// <summary>Removes a filter; does nothing when it is gone.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveAsync(KeptFilter filter, CancellationToken cancellationToken);

    /// <summary>The filters stored before an instant.</summary>
    /// <param name="instant">The instant, by the storage service's clock.</param>
    IAsyncEnumerable<KeptFilter> ListBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken);
}

/// <summary>A separately stored filter.</summary>
/// <param name="Owner">The owner of the request it belongs to.</param>
/// <param name="Name">Its name, which the owner's record refers to.</param>
public sealed record KeptFilter(FilterOwner Owner, string Name);

/// <summary>The owner of a request.</summary>
/// <param name="Kind">A job or a schedule.</param>
/// <param name="Id">Its id.</param>
public sealed record FilterOwner(FilterOwnerKind Kind, Guid Id)
{
    /// <summary>A job.</summary>
    /// <param name="id">Its id.</param>
    public static FilterOwner OfJob(Guid id) => new(FilterOwnerKind.Job, id);

    /// <summary>A schedule.</summary>
    /// <param name="id">Its id.</param>
    public static FilterOwner OfSchedule(Guid id) => new(FilterOwnerKind.Schedule, id);
}

/// <summary>The kinds of owners.</summary>
public enum FilterOwnerKind
{
    /// <summary>A job.</summary>
    Job,

    /// <summary>A schedule.</summary>
    Schedule,
}
