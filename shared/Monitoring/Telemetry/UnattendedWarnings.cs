using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// Exports warnings and errors that are logged outside a function's invocation: at startup, at shutdown, and by background work in between.
/// The Functions host forwards what belongs to an invocation and drops the rest, so they go to the exporter directly. The exporter is
/// created with the first of them: a start without warnings does not wait for it.
/// </summary>
/// <param name="createExporter">Creates the exporter; disposing it sends what is left.</param>
internal sealed class UnattendedWarnings(Func<ILoggerFactory> createExporter) : ILoggerProvider, ISupportExternalScope
{
    // How the worker marks log records of an invocation.
    private const string InvocationId = "AzureFunctions_InvocationId";

    private readonly Lazy<ILoggerFactory> _exporter = new(createExporter);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        if (_exporter.IsValueCreated)
            _exporter.Value.Dispose();
    }

    private bool IsInInvocation()
    {
        var found = new Found();
        _scopes.ForEachScope(static (scope, found) => found.IsInvocation |= Names(scope), found);
        return found.IsInvocation;
    }

    private static bool Names(object? scope) =>
        scope is IEnumerable<KeyValuePair<string, object>> pairs && pairs.Any(pair => pair.Key == InvocationId);

    private sealed class Found
    {
        public bool IsInvocation { get; set; }
    }

    private sealed class Logger(UnattendedWarnings warnings, string category) : ILogger
    {
        private readonly Lazy<ILogger> _exporter = new(() => warnings._exporter.Value.CreateLogger(category));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => warnings._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !warnings.IsInInvocation())
                _exporter.Value.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
