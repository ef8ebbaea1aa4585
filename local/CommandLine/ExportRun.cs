using System.Globalization;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>One export from request to file.</summary>
/// <param name="client">Calls the app.</param>
/// <param name="console">Shows progress.</param>
/// <param name="time">The clock.</param>
internal sealed class ExportRun(ExportClient client, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Requests the export, follows it and saves its file. When canceled, it cancels the job too.</summary>
    /// <param name="arguments">What to export, and where to write it.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <returns>The export's id.</returns>
    /// <exception cref="CommandFailedException">There is no file; the message says why.</exception>
    public async Task<string> RunAsync(ExportArguments arguments, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var submitted = await client.SubmitAsync(arguments.ToRequest(), cancellationToken);
        console.Say($"Exporting {arguments.Dataset} as {arguments.Format}, job {submitted.Id}.");
        ExportJobView job;
        try
        {
            job = await ExportDisplay.RunAsync(console, time, tell => FollowAsync(submitted, tell, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(submitted);
            throw;
        }

        RequireSuccess(job);
        var target = arguments.FindOutput(job.File?.Name ?? "");
        await FileDownload.SaveAsync(client, job, target, cancellationToken);
        Summarize(job, target.Path, time.GetElapsedTime(start));
        return job.Id;
    }

    private async Task<ExportJobView> FollowAsync(ExportJobView job, Action<ExportJobView> tell, CancellationToken cancellationToken)
    {
        tell(job);
        while (!job.IsFinal)
        {
            await Task.Delay(PollInterval, time, cancellationToken);
            job = await client.GetAsync(job.Id, cancellationToken);
            tell(job);
        }

        return job;
    }

    private async Task CancelAsync(ExportJobView submitted)
    {
        console.Say("Canceling …");
        using var timeout = new CancellationTokenSource(CancelTimeout, time);
        try
        {
            await client.CancelAsync(submitted.Id, timeout.Token);
            // The host that runs the job may be this process, which is about to stop.
            await FollowAsync(submitted, static _ => { }, timeout.Token);
            console.Say("Canceled.");
        }
        catch (Exception exception) when (exception is CommandFailedException or OperationCanceledException)
        {
            console.Say($"The job {submitted.Id} could not be seen to end; ask the app for its state.");
        }
    }

    private static void RequireSuccess(ExportJobView job)
    {
        switch (job)
        {
            case { Status: "succeeded" }:
                return;
            case { Status: "failed", Error: { } error }:
                throw new CommandFailedException($"The export failed: {error.Message} ({error.Code})");
            default:
                throw new CommandFailedException($"The export is {job.Status}: ask for it again.");
        }
    }

    private void Summarize(ExportJobView job, string path, TimeSpan elapsed)
    {
        foreach (var warning in job.Warnings ?? [])
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]Note: {warning.Message} ({warning.Count:N0})[/]");

        console.Say($"Saved {path}");
        console.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{job.RowsWritten:N0} rows, {job.File!.Bytes:N0} bytes, {elapsed.TotalSeconds:N2} s from request to file,"
                + $" {RowsPerSecond(job, elapsed):N0} rows/s"));
    }

    private static double RowsPerSecond(ExportJobView job, TimeSpan elapsed) =>
        elapsed > TimeSpan.Zero ? job.RowsWritten / elapsed.TotalSeconds : 0;
}
