using System.Diagnostics;
using System.Globalization;

namespace ExportFunctions.Bench.Measuring;

/// <summary>
/// A peer in a process of its own, which stays up between rounds. It says <c>ready name version</c> once its rows lie in memory; to each
/// <c>go</c> it answers <c>done seconds bytes</c>, having timed only the writing; it ends when its input does.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="rows">The rows of one run.</param>
/// <param name="program">Finds the program and its arguments; may throw <see cref="SkippedException"/>.</param>
internal sealed class ChildProcessPeer(
    string name, long rows, Func<CancellationToken, Task<ProcessStartInfo>> program) : Contender(name, rows)
{
    private Process? _process;
    private string? _version;

    public override string? Version => _version;

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var start = await program(cancellationToken);
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        _version = (await AnswerAsync("ready ", cancellationToken))["ready ".Length..];
    }

    public override async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        await _process!.StandardInput.WriteLineAsync("go".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var words = (await AnswerAsync("done ", cancellationToken)).Split(' ');
        return new Sample(Rows, double.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
    }

    /// <summary>The most memory the process ever had resident, in MB.</summary>
    public double PeakMegabytes() => Reports.Machine.PeakMegabytes(_process!.Id.ToString(CultureInfo.InvariantCulture));

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
            _process = null;
        }

        await base.DisposeAsync();
    }

    private async Task<string> AnswerAsync(string expected, CancellationToken cancellationToken)
    {
        var line = await _process!.StandardOutput.ReadLineAsync(cancellationToken);
        return line is not null && line.StartsWith(expected, StringComparison.Ordinal)
            ? line
            : throw new SkippedException($"its process said '{line}' where '{expected}…' was due; see its errors above");
    }
}
