using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Monitoring.Recording;

/// <summary>Files of records in memory, which grow only where the writer expects it.</summary>
internal sealed class MemoryRecordFiles
{
    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, (byte[] Content, int Blocks)> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How often lines were added.</summary>
    public int Additions { get; private set; }

    /// <summary>How often a file was opened to be searched.</summary>
    public int Searches { get; private set; }

    /// <summary>Whether the service can't be reached.</summary>
    public bool Away { get; set; }

    /// <summary>Every record kept, in the order of the files' names and lines.</summary>
    public IReadOnlyList<AttemptRecord> Records =>
    [
        .. from file in Files.OrderBy(file => file.Key, StringComparer.Ordinal)
           from line in Encoding.UTF8.GetString(file.Value.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
           select JsonSerializer.Deserialize(line, MonitoringJson.Default.AttemptRecord),
    ];

    public IRecordFiles As(Fuse fuse) => new View(this, fuse);

    private FileEnd? TryAppend(string name, byte[] lines, long at)
    {
        lock (_lock)
        {
            var (content, blocks) = Files.GetValueOrDefault(name, ([], 0));
            if (content.Length != at)
                return null;

            Additions++;
            Files[name] = ([.. content, .. lines], blocks + 1);
            return new FileEnd(content.Length + lines.Length, blocks + 1);
        }
    }

    private sealed class View(MemoryRecordFiles files, Fuse fuse) : IRecordFiles
    {
        public Task<FileEnd?> FindEndAsync(string name, CancellationToken cancellationToken) => fuse.PassAsync(() =>
            Task.FromResult<FileEnd?>(files.Files.TryGetValue(name, out var file) ? new FileEnd(file.Content.Length, file.Blocks) : null));

        public Task<FileEnd?> TryAppendAsync(string name, ReadOnlyMemory<byte> lines, long at, CancellationToken cancellationToken) =>
            fuse.PassAsync(
                () => files.Away ? throw new TimeoutException("Away.") : Task.FromResult(files.TryAppend(name, lines.ToArray(), at)));

        public Task<Stream?> OpenAsync(string name, long from, long? to, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            files.Searches++;
            return Task.FromResult<Stream?>(files.Files.TryGetValue(name, out var file)
                ? new MemoryStream(file.Content[(int)from..(int)Math.Min(to ?? long.MaxValue, file.Content.Length)])
                : null);
        });
    }
}
