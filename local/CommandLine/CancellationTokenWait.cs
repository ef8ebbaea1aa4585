namespace ExportFunctions.Local.CommandLine;

/// <summary>Waiting for a token whose cancellation is expected.</summary>
internal static class CancellationTokenWait
{
    /// <summary>Completes when the token is canceled, without an exception.</summary>
    public static async Task WaitAsync(this CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(canceled.SetResult);
        await canceled.Task;
    }
}
