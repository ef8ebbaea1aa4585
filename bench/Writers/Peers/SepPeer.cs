using System.Globalization;
using System.IO.Compression;
using ExportFunctions.Bench.Rows;
using nietras.SeparatedValues;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// Sep as its guide shows it: a row a record, columns by their number, which is faster than by name; texts set, other values formatted by
/// their own <see cref="ISpanFormattable"/>. It escapes texts where it is told to, as here, and writes UTF-16 that a StreamWriter encodes.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class SepPeer(PersonRow[] rows)
{
    public async Task WriteAsync(Stream output, long count)
    {
        await using var text = new StreamWriter(output, bufferSize: 64 * 1024, leaveOpen: true);
        await using var writer = Sep.New(',').Writer(options => options with { Escape = true }).To(text);
        writer.Header.Add([.. PersonRow.Titles]);
        Write(writer, count);
    }

    /// <summary>Into .NET's gzip stream at its fastest level.</summary>
    public async Task WriteGzipAsync(Stream output, long count)
    {
        await using var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        await WriteAsync(gzip, count);
    }

    private void Write(SepWriter writer, long count)
    {
        foreach (var person in PersonRows.Cycle(rows, count))
        {
            using var row = writer.NewRow();
            row[0].Format(person.Id);
            row[1].Set(person.StudentNumber);
            row[2].Set(person.FirstName);
            row[3].Set(person.LastName);
            row[4].Set(person.Email);
            row[5].Set(CultureInfo.InvariantCulture, $"{person.BirthDate:o}");
            row[6].Format(person.Year);
            row[7].Format(person.Balance);
            row[8].Set(person.IsActive ? "true" : "false");
        }
    }
}
