namespace ExportFunctions.Exports.Slices;

/// <summary>The result of partitioning an export: its slices, or why it is written in one piece.</summary>
/// <param name="Plan">The slices; null when it is written in one piece.</param>
/// <param name="Reason">The reason for one piece, for the log.</param>
internal sealed record PartitioningOutcome(SlicePlan? Plan, string? Reason)
{
    /// <summary>The format, with the requested options, writes its file in one piece.</summary>
    public static readonly PartitioningOutcome FormatHasNoSlices = new(null, "the format makes such a file in one piece");

    /// <summary>A sort, offset or limit can't be combined with key ranges.</summary>
    public static readonly PartitioningOutcome NotInKeyOrder = new(null, "its records don't come in the order of the key");

    /// <summary>There are too few records.</summary>
    public static readonly PartitioningOutcome TooSmall = new(null, "it has too few records");

    /// <summary>All slices must read from one snapshot, which the source can't hold for them.</summary>
    public static readonly PartitioningOutcome NoSnapshot = new(null, "its source can't hold one moment for several readers");

    /// <summary>The export has slices.</summary>
    /// <param name="plan">The slices.</param>
    public static PartitioningOutcome Of(SlicePlan plan) => new(plan, null);
}
