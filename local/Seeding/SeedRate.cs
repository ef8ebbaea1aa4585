namespace ExportFunctions.Local.Seeding;

/// <summary>How fast rows have been written since the start, and how long the rest will take at that rate.</summary>
internal sealed class SeedRate(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The rows written.</summary>
    public long RowsDone { get; private set; }

    /// <summary>Rows a second; 0 until the first have been written.</summary>
    public double RowsPerSecond { get; private set; }

    /// <summary>Takes in a report.</summary>
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
