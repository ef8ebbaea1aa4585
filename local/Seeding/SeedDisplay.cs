using System.Globalization;
using Spectre.Console;

namespace ExportFunctions.Local.Seeding;

/// <summary>Shows the progress of seeding: a bar on a terminal, otherwise a line every tenth of the rows.</summary>
internal static class SeedDisplay
{
    private const int Lines = 10;

    /// <summary>Runs the work and shows its progress.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="time">Measures the rate and the time left.</param>
    /// <param name="work">The work; it reports to the argument it is given.</param>
    /// <returns>The rows written.</returns>
    public static async Task<long> RunAsync(IAnsiConsole console, TimeProvider time, Func<IProgress<SeedProgress>, Task> work)
    {
        var rate = new SeedRate(time);
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            await work(new LineReport(console.Profile.Out.Writer, rate));
            return rate.RowsDone;
        }

        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting");
                await work(new BarReport(bar, rate));
            });
        return rate.RowsDone;
    }

    private static string Describe(SeedProgress progress, SeedRate rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Phase}: {progress.RowsDone:N0} of {progress.RowsTotal:N0} rows, {rate.RowsPerSecond:N0} rows/s,"
            + $" {rate.SecondsLeft(progress):N0} s left");

    private sealed class BarReport(ProgressTask bar, SeedRate rate) : IProgress<SeedProgress>
    {
        public void Report(SeedProgress value)
        {
            rate.Count(value);
            bar.MaxValue = value.RowsTotal;
            bar.Value = value.RowsDone;
            bar.Description = Describe(value, rate);
        }
    }

    private sealed class LineReport(TextWriter output, SeedRate rate) : IProgress<SeedProgress>
    {
        private long _shown;

        public void Report(SeedProgress value)
        {
            rate.Count(value);
            var tenths = value.RowsDone * Lines / value.RowsTotal;
            if (tenths == _shown)
                return;

            _shown = tenths;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenths * 100 / Lines,3} %  {Describe(value, rate)}"));
        }
    }
}
