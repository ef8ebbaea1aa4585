using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Local.Azurite;

/// <summary>Azurite's npm package: installed once, and again when its lock file changes.</summary>
internal static class AzuritePackage
{
    private const int OldestNode = 20;

    /// <summary>Runs <c>npm ci</c> when the installed packages do not match the lock file.</summary>
    /// <param name="folder">The folder with package.json and package-lock.json.</param>
    /// <param name="report">Called before the installation, which takes up to a minute.</param>
    /// <param name="cancellationToken">Stops waiting; an interrupted installation is repeated next time.</param>
    /// <exception cref="StartFailedException">Node is missing or too old, or npm failed.</exception>
    public static async Task EnsureInstalledAsync(string folder, Action<string> report, CancellationToken cancellationToken)
    {
        await CheckNodeAsync(cancellationToken);
        if (IsInstalled(folder))
            return;

        await using var turn = await TakeTurnAsync(folder, cancellationToken);
        if (IsInstalled(folder))
            return;

        report("Installing Azurite, the storage emulator (once, about half a minute) …");
        var (exitCode, output) = await RunAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
            folder,
            cancellationToken);
        if (exitCode != 0)
        {
            throw new StartFailedException(
                $"npm could not install Azurite ({LastLine(output)}): check that the npm registry can be reached, then try again, or run"
                    + $" 'npm ci' in {folder} to see all of its output.");
        }
    }

    /// <summary>Whether every required package of the lock file is installed in the right version.</summary>
    /// <param name="folder">The folder with package-lock.json.</param>
    internal static bool IsInstalled(string folder)
    {
        // npm writes this file last, so it is missing after an interrupted installation.
        var installedFile = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installedFile))
            return false;

        using var wanted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")));
        using var installed = JsonDocument.Parse(File.ReadAllBytes(installedFile));
        var present = installed.RootElement.GetProperty("packages");
        foreach (var package in wanted.RootElement.GetProperty("packages").EnumerateObject())
        {
            if (package.Name.Length == 0 || package.Value.TryGetProperty("optional", out _) || package.Value.TryGetProperty("peer", out _))
                continue;

            if (!present.TryGetProperty(package.Name, out var there)
                || there.GetProperty("version").GetString() != package.Value.GetProperty("version").GetString())
            {
                return false;
            }
        }

        return true;
    }

    private static async Task CheckNodeAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync("node", ["--version"], Path.GetTempPath(), cancellationToken);
        var version = output.Trim().TrimStart('v');
        if (exitCode != 0
            || !int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || major < OldestNode)
        {
            throw new StartFailedException(
                $"Node.js {version} was found, and Azurite, the storage emulator, needs {OldestNode} or later: install it from"
                    + " https://nodejs.org.");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = StartProcess(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    internal static Process StartProcess(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new StartFailedException($"{start.FileName} could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new StartFailedException(
                $"Node.js was not found ('{start.FileName}' can't be run): Azurite, the storage emulator, needs Node.js {OldestNode} or"
                    + " later; install it from https://nodejs.org, or set AzureWebJobsStorage to a storage account.",
                exception);
        }
    }

    private static string LastLine(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains(
                "complete log", StringComparison.OrdinalIgnoreCase) && !line.Contains("_logs", StringComparison.Ordinal))
            .LastOrDefault("it gave no reason");

    /// <summary>One installation at a time, across processes.</summary>
    private static async Task<FileStream> TakeTurnAsync(string folder, CancellationToken cancellationToken)
    {
        var lockFolder = Directory.CreateDirectory(Path.Combine(folder, ".local")).FullName;
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(lockFolder, "install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }
}
