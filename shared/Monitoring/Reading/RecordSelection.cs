using System.IO.Pipelines;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>The records that somebody asked for, not read yet.</summary>
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

    /// <summary>Writes each record as a line of JSON, as it is kept, as fast as they are taken.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        foreach (var file in _files)
        {
            await foreach (var lines in _archive.ReadAsync(file, from: 0, cancellationToken))
            {
                Copy(lines, output);
                await output.FlushAsync(cancellationToken);
            }
        }
    }

    private void Copy(RecordLines lines, PipeWriter output)
    {
        foreach (var line in lines)
        {
            if (_query.Read(line) is null)
                continue;

            var room = output.GetSpan(line.Length + 1);
            line.CopyTo(room);
            room[line.Length] = (byte)'\n';
            output.Advance(line.Length + 1);
        }
    }
}
