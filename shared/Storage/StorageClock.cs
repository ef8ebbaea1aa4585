using Azure.Core;
using Azure.Core.Pipeline;

namespace ExportFunctions.Storage;

/// <summary>
/// The time that all hosts of a storage account agree on: this machine's clock, corrected by the dates of storage responses. A correction
/// is no larger than those prove; they have a resolution of one second, so an accurate clock stays uncorrected.
/// </summary>
public sealed class StorageClock : TimeProvider
{
    /// <summary>How far a machine's clock may differ from storage's before a warning is given.</summary>
    public static readonly TimeSpan MaxDifference = TimeSpan.FromSeconds(5);

    // A response's date is truncated to the second.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _machine;
    private long _correctionTicks;

    /// <summary>Starts with the machine's clock uncorrected.</summary>
    /// <param name="machine">The machine's clock.</param>
    public StorageClock(TimeProvider machine)
    {
        _machine = machine;
        Policy = new ObservingPolicy(this);
    }

    /// <summary>How far the machine's clock is behind storage's; negative when it is ahead.</summary>
    public TimeSpan Correction => TimeSpan.FromTicks(Volatile.Read(ref _correctionTicks));

    /// <summary>
    /// The problem with this machine's clock, in a sentence; null when it is right to within <see cref="MaxDifference"/>.
    /// </summary>
    public string? Warning => Correction.Duration() < MaxDifference
        ? null
        : $"This machine's clock is {Correction.Duration().TotalSeconds:0} seconds "
            + $"{(Correction > TimeSpan.Zero ? "behind" : "ahead of")} the storage account's. "
            + "The app goes by the storage account's; set the machine's clock, or switch its synchronisation on.";

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <summary>The pipeline policy for each storage client.</summary>
    internal HttpPipelinePolicy Policy { get; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow() + Correction;

    /// <inheritdoc/>
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Evaluates a response.</summary>
    /// <param name="date">The date it carries, truncated to the second.</param>
    /// <param name="sent">When its request was sent, by the machine's clock.</param>
    /// <param name="received">When it was received, by the machine's clock.</param>
    internal void Observe(DateTimeOffset date, DateTimeOffset sent, DateTimeOffset received)
    {
        // The machine's clock was set back in between, so the response proves nothing.
        if (received < sent)
            return;

        var (min, max) = (date - received, date + Resolution - sent);
        var correction = Correction;
        if (correction < min)
            Volatile.Write(ref _correctionTicks, min.Ticks);
        else if (correction > max)
            Volatile.Write(ref _correctionTicks, max.Ticks);
    }

    private sealed class ObservingPolicy(StorageClock clock) : HttpPipelineSynchronousPolicy
    {
        private const string Sent = "ExportFunctions.Sent";

        public override void OnSendingRequest(HttpMessage message) => message.SetProperty(Sent, clock._machine.GetUtcNow());

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (message.Response.Headers.Date is { } date && message.TryGetProperty(Sent, out var sent))
                clock.Observe(date, (DateTimeOffset)sent!, clock._machine.GetUtcNow());
        }
    }
}
