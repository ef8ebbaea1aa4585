namespace ExportFunctions.Local.Seeding;

/// <summary>The rate at which rows have been written since the start, and the time left at that rate.</summary>
internal sealed class SeedRate(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The rows written.</summary>
    public long RowsDone { get; private set; }

    /// <summary>Rows per second; 0 until the first have been written.</summary>
    public double RowsPerSecond { get; private set; }

    /// <summary>Processes a progress report.</summary>
    public void Count(SeedProgress progress)
    {
        var seconds = time.GetElapsedTime(_start).TotalSeconds;
        RowsDone = progress.RowsDone;
        RowsPerSecond = seconds > 0 ? RowsDone / seconds : 0;
    }

    /// <summary>The seconds the remaining rows will take.</summary>
    public double SecondsLeft(SeedProgress progress) =>
        RowsPerSecond > 0 ? (progress.RowsTotal - progress.RowsDone) / RowsPerSecond : 0;
}
