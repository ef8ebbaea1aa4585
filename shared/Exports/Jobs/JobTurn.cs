namespace ExportFunctions.Exports.Jobs;

/// <summary>What decides on a job's turn while it waits with others.</summary>
/// <param name="Caller">Who asked for it; see <see cref="ExportCaller"/>.</param>
/// <param name="SizeKey">
/// The same for jobs that read the same records, so that these are counted once; empty when they can't be told.
/// </param>
public sealed record JobTurn(string Caller, string SizeKey)
{
    /// <summary>The turn of a job of which nothing is known.</summary>
    public static readonly JobTurn Unknown = new("", "");
}
