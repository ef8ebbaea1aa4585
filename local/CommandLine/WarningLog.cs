using ExportFunctions.Startup;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// The log of a host that serves one command: warnings and errors, one line each, to standard error; on a terminal above the progress bar.
/// </summary>
internal static class WarningLog
{
    public static void AddWarnings(this ILoggingBuilder logging, IAnsiConsole console) =>
        logging.SetMinimumLevel(LogLevel.Warning).SayStartFailuresOnce().Services.Add(
            Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<ILoggerProvider>(new Provider(console)));

    /// <summary>Omits the host's own report of a failed start, which the command line explains in a sentence.</summary>
    public static ILoggingBuilder SayStartFailuresOnce(this ILoggingBuilder logging) =>
        logging
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
        .AddFilter(typeof(SettingsCheck).FullName, LogLevel.Critical);

    private sealed class Provider(IAnsiConsole console) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;

            var reason = exception is null ? "" : $" {exception.GetType().Name}: {exception.Message.Split('\n')[0].TrimEnd()}";
            var line = $"{(logLevel == LogLevel.Warning ? "warning" : "error")}: {formatter(state, exception)}{reason}";
            // Only the console that draws the bar can write above it.
            if (Console.IsErrorRedirected)
                Console.Error.WriteLine(line);
            else
                console.WriteLine(line);
        }

        public void Dispose()
        {
            // There is nothing to dispose.
        }
    }
}
