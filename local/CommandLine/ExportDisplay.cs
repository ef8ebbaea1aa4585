using System.Globalization;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Shows a job's progress: a bar on a terminal, otherwise a line now and then.</summary>
internal static class ExportDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shows the job while it is being followed.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="time">Spaces the lines.</param>
    /// <param name="follow">Follows the job and reports its state to the callback it is given.</param>
    public static async Task<ExportJobView> RunAsync(
        IAnsiConsole console, TimeProvider time, Func<Action<ExportJobView>, Task<ExportJobView>> follow)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return await follow(Lines(console, time));

        return await console.Progress()
            .AutoRefresh(true)
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var bar = context.AddTask("waiting");
                return follow(job =>
                {
                    bar.Value = job.Percent ?? 0;
                    bar.IsIndeterminate = job.Percent is null;
                    bar.Description = Markup.Escape(Describe(job));
                });
            });
    }

    internal static string Describe(ExportJobView job) => job switch
    {
        { Status: "queued", RetryAt: { } again } =>
            string.Create(CultureInfo.InvariantCulture, $"tried again at {again.ToLocalTime():HH:mm:ss}: {job.Error?.Message}"),
        { Status: "queued", WaitingFor: { } waiting } => waiting.Message,
        { Status: "queued" } => "queued",
        { RowsExpected: { } expected, SecondsLeft: { } left } => string.Create(
            CultureInfo.InvariantCulture, $"{job.RowsWritten:N0} of {expected:N0} rows, {job.RowsPerSecond:N0} rows/s, {left:N0} s left"),
        { RowsExpected: { } expected } => string.Create(CultureInfo.InvariantCulture, $"{job.RowsWritten:N0} of {expected:N0} rows"),
        { RowsWritten: 0 } => "starting",
        _ => string.Create(CultureInfo.InvariantCulture, $"{job.RowsWritten:N0} rows"),
    };

    private static Action<ExportJobView> Lines(IAnsiConsole console, TimeProvider time)
    {
        long? last = null;
        string? waitingFor = null;
        return job =>
        {
            if (job.WaitingFor is { } waiting && waiting.Message != waitingFor)
                console.WriteLine(waitingFor = waiting.Message);
            if (job.Status != "running" || (last is { } before && time.GetElapsedTime(before) < LineInterval))
                return;

            last = time.GetTimestamp();
            console.WriteLine(job.Percent is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $"{percent,5:N1} %  {Describe(job)}")
                : Describe(job));
        };
    }
}
