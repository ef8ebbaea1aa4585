using System.Globalization;
using ExportFunctions.Exports.Files;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// Saves a job's file: under a temporary name until it is complete and verified, so that a file with the final name is always complete.
/// When it is written directly, its reader learns from the exit code whether it was complete.
/// </summary>
internal static class FileDownload
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Saves the file, replacing an earlier one.</summary>
    /// <param name="client">Opens it.</param>
    /// <param name="job">The job with the file.</param>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left behind.</param>
    /// <exception cref="CommandFailedException">It arrives damaged, or can't be written.</exception>
    public static async Task SaveAsync(ExportClient client, ExportJobView job, OutputTarget target, CancellationToken cancellationToken)
    {
        var file = job.File ?? throw new CommandFailedException("The app reports success without a file: ask for the export again.");
        try
        {
            if (target.File is { } path)
                await ReplaceAsync(client, job.Id, file, path, cancellationToken);
            else
                await WriteThroughAsync(client, job.Id, file, target, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new CommandFailedException($"{target.Path} can't be written: {exception.Message}", exception);
        }
    }

    private static async Task ReplaceAsync(ExportClient client, string id, JobFile file, string path, CancellationToken cancellationToken)
    {
        // Not the file's own name with a suffix, which may be too long for the file system.
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.CreateVersion7():N}.part");
        try
        {
            await using (
                var to = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
                await CopyAsync(client, id, file, to, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task WriteThroughAsync(
        ExportClient client, string id, JobFile file, OutputTarget target, CancellationToken cancellationToken)
    {
        // Opening a pipe blocks until it has a reader; use a separate thread so that Ctrl+C still works.
        await using var to = target.IsStandardOutput
            ? Console.OpenStandardOutput()
            : await Task.Run(() => Open(target.Path), cancellationToken).WaitAsync(cancellationToken);
        await CopyAsync(client, id, file, to, cancellationToken);
        await to.FlushAsync(cancellationToken);
    }

    // Never create or truncate: what exists is written to as it is. Devices and pipes don't support locks.
    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });

    private static async Task CopyAsync(ExportClient client, string id, JobFile file, Stream to, CancellationToken cancellationToken)
    {
        using var response = await client.OpenFileAsync(id, cancellationToken);
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var digest = new FileDigest(file.SliceBytes);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            digest.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            total += read;
        }

        if (total != file.Bytes || !string.Equals(digest.Finish(), file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The file arrived damaged ({total:N0} of {file.Bytes:N0} bytes, or another SHA-256): run the command again."));
        }
    }
}
