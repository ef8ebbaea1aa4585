namespace ExportFunctions.Local.CommandLine;

/// <summary>How a command ended, as the shell is told.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;

    public const int Failed = 1;

    /// <summary>Ended by Ctrl+C, as shells report it.</summary>
    public const int Interrupted = 130;
}
