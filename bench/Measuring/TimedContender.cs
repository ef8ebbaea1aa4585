using System.Diagnostics;

namespace ExportFunctions.Bench.Measuring;

/// <summary>Runs in this process, on a heap that was collected just before.</summary>
/// <param name="name">The name.</param>
/// <param name="rows">The rows of one run.</param>
/// <param name="run">One run; gives the bytes it wrote, or null.</param>
internal sealed class TimedContender(string name, long rows, Func<CancellationToken, Task<long?>> run) : Contender(name, rows)
{
    /// <summary>A writer, whose output is counted and dropped.</summary>
    public static TimedContender Writer(string name, long rows, Func<Stream, long, CancellationToken, Task> write) =>
        new(name, rows, async cancellationToken =>
    {
        await using var output = new CountingStream();
        await write(output, rows, cancellationToken);
        return output.Length;
    });

    public override async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var (processor, begun) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var bytes = await run(cancellationToken);
        return new Sample(
            Rows, Stopwatch.GetElapsedTime(begun).TotalSeconds, bytes, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
