using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Attempts;

/// <summary>
/// Where the time of an attempt goes: waiting for the source, or formatting and uploading. One thread at a time tells it; any may read
/// it.
/// </summary>
internal sealed class AttemptTimes(TimeProvider time)
{
    private long _source;
    private long _writer;
    private long _peak;

    /// <summary>The present instant of the clock that the others count from.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Counts the time since an instant as the source's, and gives the present one.</summary>
    public long Source(long since) => Count(ref _source, since);

    /// <summary>Counts the time since an instant as the writer's, and gives the present one.</summary>
    public long Writer(long since) => Count(ref _writer, since);

    /// <summary>Looks at how much memory the process has resident. Everything it does at the time counts, other exports included.</summary>
    public void LookAtMemory() => Volatile.Write(ref _peak, Math.Max(Volatile.Read(ref _peak), Environment.WorkingSet));

    /// <summary>All of it so far.</summary>
    public AttemptFigures Figures() => new(
        time.GetElapsedTime(0, Volatile.Read(ref _source)), time.GetElapsedTime(0, Volatile.Read(ref _writer)), Volatile.Read(ref _peak));

    private long Count(ref long total, long since)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref total, total + (now - since));
        return now;
    }
}
