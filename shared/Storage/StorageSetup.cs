using Azure;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Startup;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Storage;

/// <summary>
/// Creates missing containers, queues and tables at startup. New role assignments take a moment to apply everywhere, and an identity's
/// endpoint may be briefly unavailable: such failures are retried within the minute that the Functions host gives the app to start.
/// </summary>
internal sealed partial class StorageSetup(StorageAccount account, StorageClock clock, TimeProvider time, ILogger<StorageSetup> logger)
    : StartupStep
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 2, 4, 8, 10, 10 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await CreateAsync(cancellationToken);
                WarnOfClock();
                return;
            }
            catch (RequestFailedException exception) when (LacksRole(exception) || exception.ErrorCode == BoundedCredential.ErrorCode)
            {
                Log.Refused(logger, exception.ErrorCode!, pause);
            }

            await Task.Delay(pause, time, cancellationToken);
        }

        await CreateAsync(cancellationToken);
        WarnOfClock();
    }

    private void WarnOfClock()
    {
        if (clock.Warning is { } warning)
            Log.ClockIsWrong(logger, warning);
    }

    // A wrong key is also a 403, with AuthenticationFailed.
    private static bool LacksRole(RequestFailedException exception) =>
        exception is { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" or "AuthorizationFailure" };

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        // Three list calls: at nearly every start everything exists, and checking each one takes a tenth of a start's processor time.
        var containers = PresentAsync(
            account.Blobs.GetBlobContainersAsync(cancellationToken: cancellationToken), container => container.Name);
        var queues = PresentAsync(account.Queues.GetQueuesAsync(cancellationToken: cancellationToken), queue => queue.Name);
        var tables = PresentAsync(account.Tables.QueryAsync(cancellationToken: cancellationToken), table => table.Name);
        await Task.WhenAll(containers, queues, tables);

        await Task.WhenAll(
        [
            .. StorageNames.Containers.Except(await containers).Select(name => (Task)account.Blobs.GetBlobContainerClient(name)
                .CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken)),
            .. StorageNames.Queues.Except(await queues).Select(name => (Task)account.Queues.GetQueueClient(name)
                .CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            .. StorageNames.Tables.Except(await tables).Select(name => (Task)account.Tables.GetTableClient(name)
                .CreateIfNotExistsAsync(cancellationToken)),
        ]);
    }

    /// <summary>
    /// The names of what exists; empty when listing is not permitted, as with some shared access signatures: then each one is checked.
    /// </summary>
    private static async Task<HashSet<string>> PresentAsync<T>(AsyncPageable<T> items, Func<T, string> nameOf)
        where T : notnull
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var item in items)
                names.Add(nameOf(item));
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            names.Clear();
        }

        return names;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Storage refuses the app's identity ({Code}). Roles take up to ten minutes to be in force after they were given; it is tried"
                + " again in {Pause}.")]
        public static partial void Refused(ILogger logger, string code, TimeSpan pause);

        [LoggerMessage(2, LogLevel.Warning, "{Warning}")]
        public static partial void ClockIsWrong(ILogger logger, string warning);
    }
}
