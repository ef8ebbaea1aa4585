using System.Diagnostics;

namespace ExportFunctions.Tests;

/// <summary>Waits for what another process, or another part of this one, does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until something holds; a minute at most.</summary>
    public static Task UntilAsync(Func<bool> isReached) => UntilAsync(() => Task.FromResult(isReached()), CancellationToken.None);

    /// <summary>Looks again and again until something holds; a minute at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isReached, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!await isReached())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Waited in vain.");

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
