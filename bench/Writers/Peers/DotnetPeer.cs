using System.Diagnostics;
using System.Globalization;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// A project below <c>bench/</c> that is a program of its own, because its packages don't go along with ours, or are large; built when
/// first asked for.
/// </summary>
/// <param name="distinct">The rows it makes for itself, by the same recipe, and goes through again and again.</param>
/// <param name="files">Where its output goes.</param>
internal sealed class DotnetPeer(int distinct, BenchFolder files)
{
    public ChildProcessPeer Create(string name, string project, long count) => new(name, count, async cancellationToken =>
    {
        var folder = BenchFolder.Source(project);
        if (!await ProgramRun.SucceedsAsync("dotnet", ["build", "-c", "Release", "-v", "quiet", folder], cancellationToken))
            throw new SkippedException($"{project} did not build; `dotnet build -c Release bench/{project}` says why");

        var program = Path.Combine(folder, "bin", "Release", "net10.0", $"ExportFunctions.Bench.{project}.dll");
        return new ProcessStartInfo("dotnet", [program, distinct.ToString(
            CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), files.PathOf($"{project}.out")]);
    });
}
