namespace ExportFunctions.Local.CommandLine;

/// <summary>The exit code of a command.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;

    public const int Failed = 1;

    /// <summary>Ended by Ctrl+C, in the convention of shells.</summary>
    public const int Interrupted = 130;
}
