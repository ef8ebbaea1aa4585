using System.Diagnostics;
using System.Globalization;

namespace ExportFunctions.Bench.Measuring;

/// <summary>The other side of <c>ChildProcessPeer</c>, for peers written in .NET.</summary>
internal static class PeerProtocol
{
    /// <summary>Answers until the input ends.</summary>
    /// <param name="version">The library's name and version.</param>
    /// <param name="write">One run; gives the bytes it wrote.</param>
    public static void Serve(string version, Func<long> write)
    {
        Console.WriteLine($"ready {version}");
        while (Console.ReadLine() is not null)
        {
            GC.Collect();
            var begun = Stopwatch.GetTimestamp();
            var bytes = write();
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"done {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.000000} {bytes}"));
        }
    }
}
