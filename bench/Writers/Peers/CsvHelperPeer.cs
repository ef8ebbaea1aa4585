using System.IO.Compression;
using CsvHelper;
using ExportFunctions.Bench.Rows;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// CsvHelper's typed fields: per row nine <c>WriteField</c> calls of the value's own type, which format straight into its UTF-8 buffer,
/// and one <c>EndRecord</c>. Dates in ISO 8601, decimals as they are, booleans <c>true</c> and <c>false</c>.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class CsvHelperPeer(PersonRow[] rows)
{
    private static readonly CsvWriterOptions Plain = CsvWriterOptions.Default with { TrueValue = "true", FalseValue = "false" };

    public Task WriteAsync(Stream output, long count) => WriteAsync(output, count, Plain);

    /// <summary>With its own guard against formulas, which looks at the first character of each text.</summary>
    public Task WriteEscapedAsync(Stream output, long count) => WriteAsync(output, count, Plain with { Injection = CsvInjection.Escape });

    /// <summary>Into .NET's gzip stream at its fastest level.</summary>
    public async Task WriteGzipAsync(Stream output, long count)
    {
        await using var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        await WriteAsync(gzip, count, Plain);
    }

    /// <summary>Formatted on two threads by <c>ParallelWrite</c>, in input order.</summary>
    public async Task WriteParallelAsync(Stream output, long count)
    {
        await using var writer = CsvWriter.Create(output, Plain, leaveOpen: true);
        writer.WriteHeader([.. PersonRow.Titles]);
        writer.ParallelWrite(PersonRows.Cycle(rows, count), WriteRow, 2);
    }

    private async Task WriteAsync(Stream output, long count, CsvWriterOptions options)
    {
        await using var writer = CsvWriter.Create(output, options, leaveOpen: true);
        writer.WriteHeader([.. PersonRow.Titles]);
        foreach (var row in PersonRows.Cycle(rows, count))
            WriteRow(writer, row);
    }

#pragma warning disable MA0011 // Without a provider and a format CsvHelper takes its fast path, in the invariant culture.
    private static void WriteRow(CsvWriter writer, PersonRow row)
    {
        writer.WriteField(row.Id);
        writer.WriteField(row.StudentNumber);
        writer.WriteField(row.FirstName);
        writer.WriteField(row.LastName);
        writer.WriteField(row.Email);
        writer.WriteField(row.BirthDate, "o");
        writer.WriteField(row.Year);
        writer.WriteField(row.Balance);
        writer.WriteField(row.IsActive);
        writer.EndRecord();
    }
#pragma warning restore MA0011
}
