using System.Diagnostics;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.EndToEnd;

/// <summary>One export over HTTP, from the request to the answer that says it has succeeded.</summary>
internal static class ExportRun
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // A client that asks all the time takes the processors from what it measures: long exports are timed to one part in this many.
    private const int Precision = 100;

    /// <summary>Runs one and deletes it.</summary>
    /// <param name="client">The host's client.</param>
    /// <param name="request">The request's body.</param>
    /// <param name="rows">The rows it must have.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="SkippedException">It failed, or took too long.</exception>
    public static async Task<Sample> RunAsync(
        ExportClient client, string request, long rows, TimeSpan limit, CancellationToken cancellationToken) =>
        (await RunSlicedAsync(client, request, rows, limit, cancellationToken)).Sample;

    /// <summary>Runs one and deletes it, and tells in how many slices it was written: 1 for a file in one piece.</summary>
    /// <param name="client">The host's client.</param>
    /// <param name="request">The request's body.</param>
    /// <param name="rows">The rows it must have.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="SkippedException">It failed, or took too long.</exception>
    public static async Task<(Sample Sample, int Slices)> RunSlicedAsync(
        ExportClient client, string request, long rows, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var id = await client.SubmitAsync(request);
        while (true)
        {
            var job = await client.GetAsync(id);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            if (ExportClient.StatusOf(job) == "succeeded")
            {
                var written = job["rowsWritten"]!.GetValue<long>();
                if (written != rows)
                    throw new SkippedException($"the export has {written} rows, not {rows}");

                using var deleted = await client.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative), cancellationToken);
                return (
                    new Sample(rows, elapsed.TotalSeconds, job["file"]!["bytes"]!.GetValue<long>()),
                    job["file"]!["sliceBytes"]?.AsArray().Count ?? 1);
            }

            if (ExportClient.StatusOf(job) is not ("queued" or "running"))
                throw new SkippedException($"the export ended as {job.ToJsonString()}");

            if (elapsed > limit)
                throw new SkippedException($"the export took longer than {limit.TotalMinutes:0} minutes");

            await Task.Delay(elapsed / Precision > Poll ? elapsed / Precision : Poll, cancellationToken);
        }
    }
}
