using System.Diagnostics;

namespace ExportFunctions.Tests.Worker;

/// <summary>Waits for what another process does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> isReached)
    {
        var waited = Stopwatch.StartNew();
        while (!isReached())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Waited in vain.");

            await Task.Delay(50);
        }
    }
}
