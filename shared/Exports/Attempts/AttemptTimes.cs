using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Attempts;

/// <summary>
/// Measures where an attempt's time goes: waiting for the source, or formatting and uploading. Written by one thread at a time; any thread
/// may read it.
/// </summary>
internal sealed class AttemptTimes(TimeProvider time)
{
    private long _source;
    private long _writer;
    private long _peak;

    /// <summary>The current timestamp, to pass to the other methods.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Adds the time since a timestamp to the source's, and returns the current timestamp.</summary>
    public long Source(long since) => Count(ref _source, since);

    /// <summary>Adds the time since a timestamp to the writer's, and returns the current timestamp.</summary>
    public long Writer(long since) => Count(ref _writer, since);

    /// <summary>Samples the process's resident memory, which includes everything else it is doing, other exports among it.</summary>
    public void LookAtMemory() => Volatile.Write(ref _peak, Math.Max(Volatile.Read(ref _peak), Environment.WorkingSet));

    /// <summary>The figures so far.</summary>
    public AttemptFigures Figures() => new(
        time.GetElapsedTime(0, Volatile.Read(ref _source)), time.GetElapsedTime(0, Volatile.Read(ref _writer)), Volatile.Read(ref _peak));

    private long Count(ref long total, long since)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref total, total + (now - since));
        return now;
    }
}
