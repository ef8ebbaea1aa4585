using System.Runtime.InteropServices;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Bench.Start;

/// <summary>A project of this repository, published as for its destination.</summary>
internal static class PublishedApp
{
    /// <summary>Publishes a project and gives the folder.</summary>
    /// <param name="project">Its folder in the repository.</param>
    /// <param name="compilation">Whether it is compiled ahead of time.</param>
    /// <param name="files">Where the output goes.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="SkippedException">It did not build.</exception>
    public static async Task<string> CreateAsync(
        string project, Compilation compilation, BenchFolder files, CancellationToken cancellationToken)
    {
        var folder = files.PathOf($"{project}-{compilation}");
        Progress.Say($"Publishing {project}, {compilation}");
        string[] arguments =
        [
            "publish", Path.Combine(Repository.Find().Root, project), "-c", "Release", "-v", "quiet",
            "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained",
            $"-p:PublishReadyToRun={compilation == Compilation.Ahead}", "-o", folder,
        ];
        return await ProgramRun.SucceedsAsync("dotnet", arguments, cancellationToken)
            ? folder
            : throw new SkippedException(
                $"{project} was not published; `dotnet publish {project} -c Release -r {RuntimeInformation.RuntimeIdentifier}` says why");
    }
}
