using System.Text;
using ExportFunctions.Bench.Rows;
using Sylvan.Data.Csv;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// Sylvan.Data.Csv: takes the rows from a data reader by its typed getters, formats into chars and lets a StreamWriter encode them.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class SylvanPeer(PersonRow[] rows)
{
    private static readonly CsvDataWriterOptions Options =
        new() { DateTimeFormat = "yyyy-MM-dd", NewLine = "\r\n", TrueString = "true", FalseString = "false" };

    public async Task WriteAsync(Stream output, long count)
    {
        await using var text =
            new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
        await using var writer = CsvDataWriter.Create(text, Options);
        await using var reader = new PersonRowReader(PersonRows.Cycle(rows, count));
        writer.Write(reader);
    }
}
