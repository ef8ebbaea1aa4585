using System.Diagnostics;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Runs a program over a file. A test that needs it is skipped where it is missing, except in CI, which installs it.</summary>
internal static class ForeignProgram
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string argument, byte[] file, params string[] further)
    {
        var isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!isInstalled && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
            Assert.Skip($"{program} is not installed.");

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(path, file);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                program,
                [argument, path, .. further])
            { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
