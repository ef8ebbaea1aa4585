using System.ComponentModel;
using System.Diagnostics;

namespace ExportFunctions.Bench.Stages;

/// <summary>Runs other programs to their end.</summary>
internal static class ProgramRun
{
    /// <summary>True when the program is there and ends with 0; what it prints is dropped.</summary>
    public static async Task<bool> SucceedsAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        await OutputAsync(program, arguments, cancellationToken) is not null;

    /// <summary>What the program prints, trimmed; null when it is missing or fails.</summary>
    public static async Task<string?> OutputAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                program, arguments)
            { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
