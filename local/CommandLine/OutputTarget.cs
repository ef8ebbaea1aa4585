using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// The target of a file. A regular file is replaced once the new one is complete; devices and pipes are written directly, and so are links:
/// the link's target changes, not the link.
/// </summary>
/// <param name="Path">The path to show.</param>
/// <param name="File">The regular file behind it; null when it is written directly.</param>
/// <param name="IsStandardOutput">Whether it is standard output, to which nothing else may be written then.</param>
internal sealed record OutputTarget(string Path, string? File, bool IsStandardOutput)
{
    private const string StandardOutput = "-";

    private static readonly string[] StandardOutputs = [StandardOutput, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    /// <summary>Whether an option stands for standard output.</summary>
    public static bool IsStandard(string? output) => StandardOutputs.Contains(output, StringComparer.Ordinal);

    /// <summary>Determines the target of a file.</summary>
    /// <param name="output">The file or folder that was given; null for the current folder.</param>
    /// <param name="name">The file's name in a folder.</param>
    /// <exception cref="StartFailedException">Nothing can be written there.</exception>
    public static OutputTarget Find(string? output, string name)
    {
        if (IsStandard(output))
            return new OutputTarget("standard output", File: null, IsStandardOutput: true);

        var given = output is null ? name : Directory.Exists(output) ? System.IO.Path.Combine(output, name) : output;
        var path = System.IO.Path.GetFullPath(given);
        return FileKinds.Of(path) switch
        {
            FileKind.CharacterDevice or FileKind.Pipe => new OutputTarget(path, File: null, IsStandardOutput: false),
            FileKind.Folder => throw new StartFailedException($"{path} is a folder: remove it, or give another --output."),
            FileKind.Other => throw new StartFailedException(
                $"{path} is neither a file, nor a link to one, nor a device or pipe that can be written through: give another --output."),
            _ => OfFile(path),
        };
    }

    private static OutputTarget OfFile(string path)
    {
        var file = Behind(path);
        return Directory.Exists(System.IO.Path.GetDirectoryName(file))
            ? new OutputTarget(path, file, IsStandardOutput: false)
            : throw new StartFailedException(
                $"The folder {System.IO.Path.GetDirectoryName(file)} does not exist: make it, or give another --output.");
    }

    /// <summary>The target of a link, even if it does not exist yet; the path itself when it is no link.</summary>
    private static string Behind(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null ? path : System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        }
        catch (IOException exception)
        {
            throw new StartFailedException($"The link {path} leads nowhere: {exception.Message}", exception);
        }
    }
}
