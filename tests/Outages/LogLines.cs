using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Tests.Outages;

/// <summary>What is logged, a line each, with its level.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<string> Texts => [.. _lines.Select(line => line.Text)];

    public IReadOnlyList<LogLevel> Levels => [.. _lines.Select(line => line.Level)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception)));
}
