using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// Determines which host reads a request, by the dataset it was validated against. A different source is never read: its rows differ,
/// whatever its columns are called. A file of the same name that defines the dataset differently on the same source has been edited: the
/// request is read by the new definition once no host has the old one any more.
/// </summary>
internal sealed class JobPlacement(DatasetCatalog datasets, HostDirectory hosts)
{
    /// <summary>The datasets file of this host.</summary>
    public string File => datasets.File;

    /// <summary>Finds where a request is read.</summary>
    /// <param name="checkedAgainst">
    /// The dataset it was validated against; null if an earlier version accepted it, in which case any host reads it.
    /// </param>
    public async Task<Placement> FindAsync(DatasetIdentity? checkedAgainst, CancellationToken cancellationToken)
    {
        if (checkedAgainst is null || checkedAgainst.IsSameAs(datasets.FindIdentity(checkedAgainst.Dataset)))
            return Placement.Here;

        var readers = await hosts.FindReadersAsync(checkedAgainst, cancellationToken);
        if (MayRead(datasets, checkedAgainst))
            return readers.HasSame ? Placement.Elsewhere : Placement.Here;

        return readers.HasAny ? Placement.Elsewhere : new Placement(PlacementKind.Nowhere, readers.GoneFor);
    }

    /// <summary>Whether a host may read a request at all.</summary>
    /// <param name="datasets">The host's datasets.</param>
    /// <param name="checkedAgainst">The dataset the request was validated against.</param>
    public static bool MayRead(DatasetCatalog datasets, DatasetIdentity checkedAgainst)
    {
        var own = datasets.FindIdentity(checkedAgainst.Dataset);
        if (checkedAgainst.IsSameAs(own))
            return true;

        // A dataset removed from the file no longer has a source of its own.
        var isOfSource = own?.IsOfSameSource(checkedAgainst) ?? datasets.SourceHashes.Contains(checkedAgainst.Source);
        return isOfSource && string.Equals(datasets.File, checkedAgainst.File, StringComparison.Ordinal);
    }
}

/// <summary>Where a request is read.</summary>
/// <param name="Kind">The host that reads it.</param>
/// <param name="UnservedFor">How long there has been no live host that may read it; null when none was ever seen.</param>
internal readonly record struct Placement(PlacementKind Kind, TimeSpan? UnservedFor)
{
    /// <summary>This host reads it.</summary>
    public static readonly Placement Here = new(PlacementKind.Here, TimeSpan.Zero);

    /// <summary>Another live host reads it.</summary>
    public static readonly Placement Elsewhere = new(PlacementKind.Elsewhere, TimeSpan.Zero);
}

/// <summary>Which host reads a request.</summary>
internal enum PlacementKind
{
    /// <summary>This host.</summary>
    Here,

    /// <summary>Another host, which is alive.</summary>
    Elsewhere,

    /// <summary>Another host, but none is alive.</summary>
    Nowhere,
}
