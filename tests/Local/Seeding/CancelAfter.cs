using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Local.Seeding;

/// <summary>Keeps what was reported, and cancels once so many rows were written.</summary>
internal sealed class CancelAfter(long rows) : IProgress<SeedProgress>, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public List<SeedProgress> Reports { get; } = [];

    public void Report(SeedProgress value)
    {
        Reports.Add(value);
        if (value.RowsDone >= rows)
            _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
