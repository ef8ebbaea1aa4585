using System.Net.Sockets;
using Azure;
using Azure.Identity;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExportFunctions.Tests.Outages;

public sealed class OutageFaultsTests
{
    private static readonly SocketException Refused = new((int)SocketError.ConnectionRefused);

    public static TheoryData<Exception, string> Outages => new()
    {
        { new RequestFailedException(
            0, "Connection refused", new HttpRequestException("Connection refused", Refused)), "the connection is refused" },
        { new AggregateException(new RequestFailedException(0, "a", Refused), new TaskCanceledException()), "the connection is refused" },
        { new RequestFailedException(503, "Busy\nand headers", "ServerBusy", innerException: null), "it answers 503 (ServerBusy)" },
        { new RequestFailedException(500, "Late", "OperationTimedOut", innerException: null), "it answers 500 (OperationTimedOut)" },
        { new TaskCanceledException(), "no answer in time" },
        { new IOException("Broken", new SocketException((int)SocketError.ConnectionReset)), "the connection broke off" },
        { new NpgsqlException("Connecting", new SocketException((int)SocketError.HostNotFound)), "its name is not known" },
        { ExportFailureException.Transient(
            "source_unavailable", "Away", new NpgsqlException("x", new TimeoutException())), "no answer in time" },
    };

    public static TheoryData<Exception> OtherFaults => new()
    {
        new RequestFailedException(403, "Forbidden", "AuthenticationFailed", innerException: null),
        new RequestFailedException(500, "Internal", "InternalError", innerException: null),
        new InvalidOperationException("A bug"),
        new IOException("No space left on device"),
        new TimeoutException("A function ran too long", new TaskCanceledException()),
        new AggregateException(new TaskCanceledException(), new InvalidOperationException("A bug")),
        new PostgresException("no such column", "ERROR", "ERROR", PostgresErrorCodes.UndefinedColumn),
        new AuthenticationFailedException("expired"),
    };

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public void Outage_IsLoggedForDebugging_AndHasItsReasonInAFewWords(Exception exception, string reason)
    {
        Assert.Equal(LogLevel.Debug, OutageFaults.LevelOf(exception, LogLevel.Error));
        Assert.Equal(reason, OutageFaults.ReasonOf(exception));
    }

    [Theory]
    [MemberData(nameof(OtherFaults), DisableDiscoveryEnumeration = true)]
    public void OtherFaults_KeepTheirLevel(Exception exception) =>
        Assert.Equal(LogLevel.Error, OutageFaults.LevelOf(exception, LogLevel.Error));
}
