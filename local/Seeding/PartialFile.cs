using System.Diagnostics;
using System.Globalization;

namespace ExportFunctions.Local.Seeding;

/// <summary>A file that is written next to its final location. Disposal deletes it unless it has been moved into place.</summary>
internal sealed class PartialFile : IDisposable
{
    private const string Suffix = ".partial";

    private readonly string _target;

    private PartialFile(string target)
    {
        _target = target;
        // The process id distinguishes the file of a killed process from one being written; the rest distinguishes two files of one
        // process.
        Path = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.{Guid.CreateVersion7():N}{Suffix}");
    }

    /// <summary>The path to write to.</summary>
    public string Path { get; }

    /// <summary>Creates the folder if needed, and deletes what killed processes left behind for the same target.</summary>
    public static PartialFile Create(string target)
    {
        var folder = System.IO.Path.GetDirectoryName(target)!;
        var name = System.IO.Path.GetFileName(target);
        Directory.CreateDirectory(folder);
        foreach (var leftover in Directory.EnumerateFiles(folder, $"{name}.*{Suffix}"))
        {
            var owner = System.IO.Path.GetFileName(leftover)[(name.Length + 1)..].Split('.')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !IsRunning(id))
                File.Delete(leftover);
        }

        return new PartialFile(target);
    }

    /// <summary>
    /// Replaces the target in one step. Journals of the old database are deleted first: SQLite would apply them to the new one.
    /// </summary>
    public void MoveIntoPlace()
    {
        using (var stream = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite))
            stream.Flush(flushToDisk: true);

        foreach (var journal in (ReadOnlySpan<string>)["-wal", "-shm", "-journal"])
            File.Delete(_target + journal);
        File.Move(Path, _target, overwrite: true);
    }

    public void Dispose() => File.Delete(Path);

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
