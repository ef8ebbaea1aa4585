namespace ExportFunctions.Exports.Requests;

/// <summary>Keeps the filters that are too large for the records of their requests, each under a name of its own.</summary>
public interface ILargeFilters
{
    /// <summary>
    /// Keeps the filter of a request apart, if the request is too large for a record. Comes before the record, which no crash may leave
    /// without it.
    /// </summary>
    /// <param name="owner">Whose request it is.</param>
    /// <param name="json">The request, as it was accepted.</param>
    /// <param name="cancellationToken">Cancels the call; the filter may be kept all the same, and goes with the next cleanup.</param>
    /// <returns>What the record is to hold: the request itself, or what is left of it.</returns>
    Task<string> SetApartAsync(FilterOwner owner, string json, CancellationToken cancellationToken);

    /// <summary>The whole request; null when its filter is gone.</summary>
    /// <param name="owner">Whose request it is.</param>
    /// <param name="recorded">What the record holds.</param>
    /// <exception cref="InvalidDataException">The filter is not the one that was kept.</exception>
    Task<string?> WholeAsync(FilterOwner owner, string recorded, CancellationToken cancellationToken);

    /// <summary>Removes a filter; nothing happens when it is gone.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveAsync(KeptFilter filter, CancellationToken cancellationToken);

    /// <summary>The filters that are kept since before an instant.</summary>
    /// <param name="instant">The instant, by the storage service's clock.</param>
    IAsyncEnumerable<KeptFilter> ListBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken);
}

/// <summary>A filter that is kept apart.</summary>
/// <param name="Owner">Whose request it belongs to.</param>
/// <param name="Name">Its name, which the owner's record refers to.</param>
public sealed record KeptFilter(FilterOwner Owner, string Name);

/// <summary>What a request belongs to.</summary>
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

/// <summary>What requests belong to.</summary>
public enum FilterOwnerKind
{
    /// <summary>A job.</summary>
    Job,

    /// <summary>A schedule.</summary>
    Schedule,
}
