namespace ExportFunctions.Bench.Measuring;

/// <summary>One of those that run in turn, ours or a peer.</summary>
/// <param name="name">The name in reports and for <c>--only</c>; ours begin with <c>ours</c>.</param>
/// <param name="rows">The rows of one run.</param>
internal abstract class Contender(string name, long rows) : IAsyncDisposable
{
    public string Name { get; } = name;

    public long Rows { get; } = rows;

    /// <summary>The library's name and version where it is not of this process.</summary>
    public virtual string? Version => null;

    /// <summary>Does once what is not to be timed.</summary>
    /// <exception cref="SkippedException">It can't take part on this machine.</exception>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task<Sample> RunAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
