namespace ExportFunctions.Exports.Jobs;

/// <summary>What determines a job's turn while it waits with others.</summary>
/// <param name="Caller">Who requested it; see <see cref="ExportCaller"/>.</param>
/// <param name="SizeKey">
/// Equal for jobs that read the same records, so that those are counted only once; empty when that is unknown.
/// </param>
public sealed record JobTurn(string Caller, string SizeKey)
{
    /// <summary>The turn of a job about which nothing is known.</summary>
    public static readonly JobTurn Unknown = new("", "");
}
