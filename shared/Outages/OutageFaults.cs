using System.Net.Sockets;
using System.Security.Authentication;
using Azure;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExportFunctions.Outages;

/// <summary>Tells outages of outside parts from other faults.</summary>
public static class OutageFaults
{
    private const int MaxCharacters = 120;

    /// <summary>
    /// Whether an exception comes from a part that can't be reached or does not answer in time. Cancellations count: the caller must
    /// already have handled those of its own callers and of the host's shutdown.
    /// </summary>
    /// <param name="exception">The exception.</param>
    public static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException { ErrorCode: "OperationTimedOut" or "ServerBusy" } => true,
        RequestFailedException { Status: 0 or 408 or 502 or 503 or 504 } => true,
        RequestFailedException => false,
        PostgresException { SqlState: var state } =>
            state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: var cause } => cause is TimeoutException or IOException or SocketException,
        OperationCanceledException or SocketException or HttpIOException or HttpRequestException { StatusCode: null } => true,
        // A function's timeout cancels its calls.
        TimeoutException => false,
        AggregateException several => several.InnerExceptions.All(IsOutage),
        _ => exception.InnerException is { } cause && IsOutage(cause),
    };

    /// <summary>
    /// The level to log an exception at: <see cref="LogLevel.Debug"/> for an outage, which <see cref="OutageLog"/> reports.
    /// </summary>
    /// <param name="exception">The exception; null when there is none.</param>
    /// <param name="otherwise">The level for other faults.</param>
    public static LogLevel LevelOf(Exception? exception, LogLevel otherwise) =>
        exception is not null && IsOutage(exception) ? LogLevel.Debug : otherwise;

    /// <summary>Why a call failed, in a few words without a full stop.</summary>
    /// <param name="exception">What it threw.</param>
    public static string ReasonOf(Exception exception) => Innermost(exception) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection is refused",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            "its name is not known",
        SocketException { SocketErrorCode: SocketError.ConnectionReset } or HttpIOException => "the connection broke off",
        SocketException { SocketErrorCode: SocketError.TimedOut } or OperationCanceledException or TimeoutException => "no answer in time",
        AuthenticationException => "no secure connection comes about",
        RequestFailedException { Status: > 0 } failed =>
            failed.ErrorCode is { Length: > 0 } code ? $"it answers {failed.Status} ({code})" : $"it answers {failed.Status}",
        var other => FirstLine(other.Message),
    };

    private static Exception Innermost(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } cause)
            inner = cause;

        return inner;
    }

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim().TrimEnd('.');
        return line.Length <= MaxCharacters ? line : line[..MaxCharacters] + "…";
    }
}
