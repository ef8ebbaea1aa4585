using System.Diagnostics;
using System.Globalization;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// A script in <c>bench/Python</c> on the machine's own Python, whose packages Debian installs; it reads the rows before it says it is
/// ready.
/// </summary>
/// <param name="rows">The file of rows.</param>
/// <param name="files">Where its output goes.</param>
internal sealed class PythonPeer(RowsFile rows, BenchFolder files)
{
    private static readonly string[] Candidates = ["/usr/bin/python3", "python3"];

    public ChildProcessPeer Create(string name, string script, string module, string package, long count) =>
        new(name, count, async cancellationToken =>
    {
        var python = await FindAsync(
            module, cancellationToken) ?? throw new SkippedException($"Python's {module} is not installed: apt-get install {package}");
        return new ProcessStartInfo(
            python,
            [BenchFolder.Source(
                "Python", script), rows.Path, count.ToString(CultureInfo.InvariantCulture), files.PathOf($"{script}.out"), rows.FontPath]);
    });

    private static async Task<string?> FindAsync(string module, CancellationToken cancellationToken)
    {
        foreach (var python in Candidates)
        {
            if (await ProgramRun.SucceedsAsync(python, ["-c", $"import {module}"], cancellationToken))
                return python;
        }

        return null;
    }
}
