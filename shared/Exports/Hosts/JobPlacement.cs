using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// Says which host may read what something was checked against. Another source is never read: its rows are others, whatever their columns are called. The same
/// source by another definition is left to a host that still has that definition; where none is there, as after the file was edited, it is read by today's.
/// </summary>
internal sealed class JobPlacement(DatasetCatalog datasets, HostDirectory hosts)
{
    /// <summary>The datasets file of this host.</summary>
    public string File => datasets.File;

    /// <summary>Where something is read.</summary>
    /// <param name="checkedAgainst">What it was checked against; null for what an earlier version accepted, which any host reads.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Placement> FindAsync(DatasetIdentity? checkedAgainst, CancellationToken cancellationToken)
    {
        if (checkedAgainst is null)
            return Placement.Here;

        var own = datasets.FindIdentity(checkedAgainst.Dataset);
        if (checkedAgainst.IsSameAs(own))
            return Placement.Here;

        var readers = await hosts.FindReadersAsync(checkedAgainst, cancellationToken);
        if (MayRead(datasets, checkedAgainst))
            return readers.HasSame ? new Placement(PlacementKind.Elsewhere, TimeSpan.Zero) : Placement.Here;

        return readers.HasAny ? new Placement(PlacementKind.Elsewhere, TimeSpan.Zero) : new Placement(PlacementKind.Nowhere, readers.GoneFor);
    }

    /// <summary>Whether the source is one that a host reads from: the dataset's own, or any when it has no such dataset any more.</summary>
    /// <param name="datasets">The host's datasets.</param>
    /// <param name="checkedAgainst">What something was checked against.</param>
    public static bool MayRead(DatasetCatalog datasets, DatasetIdentity checkedAgainst) =>
        datasets.FindIdentity(checkedAgainst.Dataset) is { } own ? own.IsOfSameSource(checkedAgainst) : datasets.SourceHashes.Contains(checkedAgainst.Source);
}

/// <summary>Where something is read.</summary>
/// <param name="Kind">By whom.</param>
/// <param name="UnservedFor">For how long no host that may read it has been there; null when none was ever seen.</param>
internal readonly record struct Placement(PlacementKind Kind, TimeSpan? UnservedFor)
{
    public static readonly Placement Here = new(PlacementKind.Here, TimeSpan.Zero);
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
