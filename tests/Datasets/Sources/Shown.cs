using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Formats;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>What a source's rows look like in a file.</summary>
internal static class Shown
{
    /// <summary>
    /// The fields of each record of a CSV file for machines, and what the source said of them. Texts must not hold commas, quotes or line
    /// breaks.
    /// </summary>
    public static async Task<(string[][] Rows, IReadOnlyList<ExportWarning> Warnings)> AsCsvAsync(IRowSource source, RowQuery query)
    {
        var layout = SampleRows.Layout(
            query.Columns, new WriterOptions { Profile = InjectionProfile.Raw, LineEnding = LineEnding.Lf, NullText = "NULL" });
        var (bytes, warnings) = await WriteAsync(source, query, new CsvFormat(), layout);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ([.. lines.Skip(1).Select(line => line.Split(','))], warnings);
    }

    /// <summary>A whole file.</summary>
    public static async Task<(byte[] Bytes, IReadOnlyList<ExportWarning> Warnings)> WriteAsync(
        IRowSource source, RowQuery query, IFileFormat format, FileLayout layout)
    {
        var flaws = new RowFlawTally(query.Columns);
        var output = new AsyncOnlyStream(keep: true);
        await using var reader = await source.OpenAsync(query, TestContext.Current.CancellationToken);
        await using var writer = format.CreateWriter(output, layout with { RowsExpected = reader.RowsExpected });
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)]);
        while (await reader.ReadAsync(batch, TestContext.Current.CancellationToken))
        {
            await writer.WriteAsync(batch, TestContext.Current.CancellationToken);
            flaws.Add(batch);
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        return (output.ToArray(), flaws.ToWarnings());
    }
}
