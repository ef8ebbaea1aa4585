using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// Says which host reads what something was checked against. Another source is never read: its rows are others, whatever their columns are
/// called. A file of the same name that defines the dataset otherwise on the same source is one that was edited: it is read by today's
/// definition, once no host has the former one any more.
/// </summary>
internal sealed class JobPlacement(DatasetCatalog datasets, HostDirectory hosts)
{
    /// <summary>The datasets file of this host.</summary>
    public string File => datasets.File;

    /// <summary>Where something is read.</summary>
    /// <param name="checkedAgainst">What it was checked against; null for what an earlier version accepted, which any host reads.</param>
    public async Task<Placement> FindAsync(DatasetIdentity? checkedAgainst, CancellationToken cancellationToken)
    {
        if (checkedAgainst is null || checkedAgainst.IsSameAs(datasets.FindIdentity(checkedAgainst.Dataset)))
            return Placement.Here;

        var readers = await hosts.FindReadersAsync(checkedAgainst, cancellationToken);
        if (MayRead(datasets, checkedAgainst))
            return readers.HasSame ? Placement.Elsewhere : Placement.Here;

        return readers.HasAny ? Placement.Elsewhere : new Placement(PlacementKind.Nowhere, readers.GoneFor);
    }

    /// <summary>Whether a host may read something at all.</summary>
    /// <param name="datasets">The host's datasets.</param>
    /// <param name="checkedAgainst">What it was checked against.</param>
    public static bool MayRead(DatasetCatalog datasets, DatasetIdentity checkedAgainst)
    {
        var own = datasets.FindIdentity(checkedAgainst.Dataset);
        if (checkedAgainst.IsSameAs(own))
            return true;

        // A dataset that was taken out of the file has no source of its own any more.
        var isOfSource = own?.IsOfSameSource(checkedAgainst) ?? datasets.SourceHashes.Contains(checkedAgainst.Source);
        return isOfSource && string.Equals(datasets.File, checkedAgainst.File, StringComparison.Ordinal);
    }
}

/// <summary>Where something is read.</summary>
/// <param name="Kind">By whom.</param>
/// <param name="UnservedFor">For how long no host that may read it has been there; null when none was ever seen.</param>
internal readonly record struct Placement(PlacementKind Kind, TimeSpan? UnservedFor)
{
    /// <summary>This host reads it.</summary>
    public static readonly Placement Here = new(PlacementKind.Here, TimeSpan.Zero);

    /// <summary>Another host reads it, which is there.</summary>
    public static readonly Placement Elsewhere = new(PlacementKind.Elsewhere, TimeSpan.Zero);
}

/// <summary>Who reads something.</summary>
internal enum PlacementKind
{
    /// <summary>This host.</summary>
    Here,

    /// <summary>Another host, which is there.</summary>
    Elsewhere,

    /// <summary>Another host, and none is there.</summary>
    Nowhere,
}
