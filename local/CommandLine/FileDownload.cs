using System.Globalization;
using ExportFunctions.Exports.Files;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Saves a job's file: under another name until it is complete and checked, so that what has its name is whole.</summary>
internal static class FileDownload
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Saves the file, in place of an earlier one.</summary>
    /// <param name="client">Opens it.</param>
    /// <param name="job">The job that made it.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left.</param>
    /// <exception cref="CommandFailedException">It arrives damaged, or can't be written.</exception>
    public static async Task SaveAsync(ExportClient client, ExportJobView job, string path, CancellationToken cancellationToken)
    {
        var file = job.File ?? throw new CommandFailedException("The app reports success without a file: ask for the export again.");
        // Not the file's own name with more to it, which may be too long for the disk.
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.CreateVersion7():N}.part");
        try
        {
            var (bytes, sha256) = await CopyAsync(client, job.Id, file, partial, cancellationToken);
            if (bytes != file.Bytes || !string.Equals(sha256, file.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new CommandFailedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file arrived damaged ({bytes:N0} of {file.Bytes:N0} bytes, or another SHA-256): run the command again."));
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new CommandFailedException($"{path} can't be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<(long Bytes, string Sha256)> CopyAsync(ExportClient client, string id, JobFile file, string partial, CancellationToken cancellationToken)
    {
        using var response = await client.OpenFileAsync(id, cancellationToken);
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var to = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        using var digest = new FileDigest(file.SliceBytes);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            digest.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            total += read;
        }

        return (total, digest.Finish());
    }
}
