using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ExportFunctions.Bench.Reports;

/// <summary>What the figures were taken on.</summary>
internal static partial class Machine
{
    /// <summary>The processor's name, from /proc/cpuinfo.</summary>
    public static string Processor { get; } = FindProcessor();

    /// <summary>The processor's name as a folder name: <c>amd-epyc-9554</c>.</summary>
    public static string Slug { get; } = NotWords().Replace(Processor.ToLowerInvariant(), "-").Trim('-');

    /// <summary>Processor, memory, system and load in one line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB,"
            + $" {RuntimeInformation.OSDescription}; load average at the end {Load()}");

    /// <summary>The most memory a process ever had resident, in MB.</summary>
    /// <param name="process">Its id, or <c>self</c>.</param>
    public static double PeakMegabytes(string process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").Single(
            line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private static string FindProcessor() =>
        (File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(
            line => line.StartsWith("model name", StringComparison.Ordinal)) : null)?.Split(':', 2)[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex NotWords();
}
