using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExportFunctions.Bench.Rows;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// System.Text.Json's Utf8JsonWriter, reused for every object: names that are encoded once, no validation and the relaxed encoder, into a
/// buffer of the size ours has. Letters other than ASCII's stay as they are.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class Utf8JsonPeer(PersonRow[] rows)
{
    private const int BufferBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonEncodedText[] Names = [.. BatchedRows.Columns.Select(column => JsonEncodedText.Encode(column.Name))];

    public async Task WriteAsync(Stream output, long count, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes + 4096);
        await using var json = new Utf8JsonWriter(buffer, Options);
        foreach (var row in PersonRows.Cycle(rows, count))
        {
            Write(json, row);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < BufferBytes)
                continue;

            await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }

        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, PersonRow row)
    {
        json.WriteStartObject();
        json.WriteNumber(Names[0], row.Id);
        json.WriteString(Names[1], row.StudentNumber);
        json.WriteString(Names[2], row.FirstName);
        json.WriteString(Names[3], row.LastName);
        json.WriteString(Names[4], row.Email);
        Span<char> date = stackalloc char["2026-03-14".Length];
        row.BirthDate.TryFormat(date, out _, "O", CultureInfo.InvariantCulture);
        json.WriteString(Names[5], date);
        json.WriteNumber(Names[6], row.Year);
        json.WriteNumber(Names[7], row.Balance);
        json.WriteBoolean(Names[8], row.IsActive);
        json.WriteEndObject();
    }
}
