using System.Runtime.InteropServices;
using System.Text;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The kind of file at a path, with links followed.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Folder,

    /// <summary>A terminal, /dev/null and the like: what is written to it is not stored.</summary>
    CharacterDevice,

    Pipe,

    /// <summary>A socket, a disk: not a possible target of a file.</summary>
    Other,
}

/// <summary>Determines the kind of a file.</summary>
internal static partial class FileKinds
{
    private const int StatusBytes = 512;

    // The runtime's own wrapper of stat, the same on every Unix: its flags come first, then the mode.
    private const int ModeOffset = 4;

    /// <summary>The kind of file at a path.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
            return FileKind.Folder;
        if (!OperatingSystem.IsWindows())
            return OfUnix(path);

        return File.Exists(path) ? FileKind.Regular : FileKind.Missing;
    }

    private static FileKind OfUnix(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Stat([.. Encoding.UTF8.GetBytes(path), 0], ref MemoryMarshal.GetReference(status)) != 0)
            return FileKind.Missing;

        return (MemoryMarshal.Read<int>(status[ModeOffset..]) & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x2000 => FileKind.CharacterDevice,
            0x1000 => FileKind.Pipe,
            _ => FileKind.Other,
        };
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, ref byte status);
}
