using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Writers;

/// <summary>Our writers and the peers on the same rows, from memory into nothing.</summary>
internal static class WritersBench
{
    private const int DistinctRows = 64 * 1024;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        using var files = new BenchFolder();
        await using var writers = new WriterGroups(settings.Rows ?? 500_000, DistinctRows, files);
        var report = new Report("writers", "Writers: rows in memory to bytes that are counted and dropped");
        await report.MeasureAsync(writers.All, settings, cancellationToken);
        report.Note(
            "Nine typed columns: two ids, names in Greek, English and accented Latin, e-mail, date, integer, decimal, boolean.",
            $"{DistinctRows:N0} rows differ and come again and again. Peers are given row objects, ours row batches; both are made before"
                + " the clock starts.",
            "Peers in processes of their own time themselves, write into a temporary file, and write fewer rows where they are slow.");
        await report.FileAsync(settings, cancellationToken);
    }
}
