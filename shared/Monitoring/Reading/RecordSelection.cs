using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>The selected records, not read yet.</summary>
public sealed class RecordSelection
{
    private readonly RecordArchive _archive;
    private readonly RecordQuery _query;
    private readonly IReadOnlyList<RecordFile> _files;

    internal RecordSelection(RecordArchive archive, RecordQuery query, IReadOnlyList<RecordFile> files)
    {
        _archive = archive;
        _query = query;
        _files = files;
    }

    /// <summary>Writes each record as a line of JSON, as fast as the output accepts them.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="type">The JSON shape of a record; null for the stored one.</param>
    public async Task WriteAsync(PipeWriter output, JsonTypeInfo<AttemptRecord>? type, CancellationToken cancellationToken)
    {
        foreach (var file in _files)
        {
            await foreach (var lines in _archive.ReadAsync(file, from: 0, cancellationToken))
            {
                Copy(lines, output, type);
                await output.FlushAsync(cancellationToken);
            }
        }
    }

    private void Copy(RecordLines lines, PipeWriter output, JsonTypeInfo<AttemptRecord>? type)
    {
        foreach (var kept in lines)
        {
            if (_query.Read(kept) is not { } record)
                continue;

            var line = type is null ? kept : JsonSerializer.SerializeToUtf8Bytes(record, type);
            var room = output.GetSpan(line.Length + 1);
            line.CopyTo(room);
            room[line.Length] = (byte)'\n';
            output.Advance(line.Length + 1);
        }
    }
}
