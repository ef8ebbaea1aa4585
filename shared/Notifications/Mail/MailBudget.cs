using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Allocates the mails of each hour among all hosts.</summary>
internal interface IMailBudget
{
    /// <summary>Reserves a slot for one mail.</summary>
    /// <param name="cancellationToken">Cancels the call; the slot may be reserved anyway.</param>
    /// <returns>When it may be sent, which may be in the past; null when the backlog already exceeds a day's mails.</returns>
    Task<DateTimeOffset?> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the next mail would be sent, without reserving a slot.</summary>
    Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken);
}

/// <summary>A record of the slots reserved so far. Slots are handed out in order; those of a later hour are spread over it.</summary>
internal sealed class TableMailBudget(StorageAccount account, IOptions<NotificationOptions> options, TimeProvider time)
    : IMailBudget, IDisposable
{
    private const string Partition = "mails";
    private const string Row = "budget";
    private const string Hour = "hour";
    private const string Taken = "taken";
    private const string HourFormat = "yyyy-MM-ddTHH";
    private const int MaxTries = 50;

    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SubscriptionsTable);
    private readonly SemaphoreSlim _one = new(1);

    public async Task<DateTimeOffset?> TakeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var found = await FindAsync(cancellationToken);
                var (hour, taken) = NextOf(found.HasValue ? found.Value : null);
                var now = time.GetUtcNow();
                if (hour - now > MaxWait)
                    return null;

                var entity = new TableEntity(Partition, Row)
                {
                    [Hour] = hour.ToString(HourFormat, CultureInfo.InvariantCulture),
                    [Taken] = taken + 1,
                };
                var isStored = found.HasValue
                    ? await _table.TryUpdateAsync(entity, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken) is not null
                    : await _table.TryAddAsync(entity, cancellationToken);
                if (isStored)
                    return InstantOf(hour, taken, now);
            }
        }
        finally
        {
            _one.Release();
        }

        throw new InvalidOperationException("The record of the mails of this hour kept changing.");
    }

    public async Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var (hour, taken) = NextOf(found.HasValue ? found.Value : null);
        return InstantOf(hour, taken, time.GetUtcNow());
    }

    public void Dispose() => _one.Dispose();

    private Task<NullableResponse<TableEntity>> FindAsync(CancellationToken cancellationToken) =>
        _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);

    private DateTimeOffset InstantOf(DateTimeOffset hour, int taken, DateTimeOffset now) =>
        hour <= now ? now : hour + (TimeSpan.FromHours(1) * taken / options.Value.MaxMailsPerHour);

    /// <summary>The hour of the next slot, and how many of its slots are taken.</summary>
    private (DateTimeOffset Hour, int Taken) NextOf(TableEntity? entity)
    {
        var now = time.GetUtcNow();
        var present = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (entity?.GetString(Hour) is not { } text || entity.GetInt32(Taken) is not { } taken
            || !DateTimeOffset.TryParseExact(text, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var hour)
                || hour < present)
            return (present, 0);

        return taken < options.Value.MaxMailsPerHour ? (hour, taken) : (hour.AddHours(1), 0);
    }
}
