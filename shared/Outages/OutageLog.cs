using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Outages;

/// <summary>
/// Logs one line when an outside part can't be reached, repeats it every half minute while the outage lasts, and logs another line on
/// recovery. Callers of such a part report the result of every call; exceptions are logged at <see cref="LogLevel.Debug"/>
/// (<see cref="OutageFaults"/>).
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    /// <summary>How often a lasting outage is logged.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Storage clients retry at once: a call that broke off and then succeeded is not worth a log line.
    private static readonly TimeSpan Blip = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(OutsidePart Part, string Place), Outage> _outages = [];
    private volatile bool _isAny;

    /// <summary>Whether a part is known to be unavailable, and was logged as such.</summary>
    /// <param name="part">The part.</param>
    public bool IsAway(OutsidePart part)
    {
        if (!_isAny)
            return false;

        lock (_lock)
            return _outages.Any(outage => outage.Key.Part == part && outage.Value.SaidAt is not null);
    }

    /// <summary>Reports a call that failed because the other side can't be reached.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">The address or source name that was called.</param>
    /// <param name="reason">Why it failed, in a few words without a full stop.</param>
    public void Failed(OutsidePart part, string place, string reason)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var key = KeyOf(part, place);
            if (!_outages.TryGetValue(key, out var outage) || IsForgotten(outage, now))
                _outages[key] = outage = new Outage { Since = now };

            outage.Places.Add(place);
            outage.FailedAt = now;
            _isAny = true;
            var since = time.GetElapsedTime(outage.Since, now);
            if (outage.SaidAt is not { } saidAt)
            {
                if (part == OutsidePart.Storage && since < Blip)
                    return;

                Log.Away(logger, part.Away(place), reason);
            }
            else
            {
                if (time.GetElapsedTime(saidAt, now) < Interval)
                    return;

                Log.StillAway(logger, part.Away(place), Text(since), reason);
            }

            outage.SaidAt = now;
        }
    }

    /// <summary>Reports a call that was answered, whatever the answer.</summary>
    /// <param name="part">The address or source name that was called.</param>
    /// <param name="place">Where it was called.</param>
    public void Answered(OutsidePart part, string place)
    {
        if (!_isAny)
            return;

        lock (_lock)
        {
            var key = KeyOf(part, place);
            // The part is back when all its places are: an account's services have separate addresses.
            if (!_outages.TryGetValue(key, out var outage) || !outage.Places.Remove(place) || outage.Places.Count > 0)
                return;

            _outages.Remove(key);
            _isAny = _outages.Count > 0;
            if (outage.SaidAt is not null)
                Log.Back(logger, part.Back(place), Text(time.GetElapsedTime(outage.Since)));
        }
    }

    /// <summary>A duration in words: <c>1 min 12 s</c>.</summary>
    internal static string Text(TimeSpan duration)
    {
        var seconds = (long)Math.Round(duration.TotalSeconds);
        FormattableString text = seconds switch
        {
            < 60 => $"{seconds} s",
            < 3600 => $"{seconds / 60} min {seconds % 60} s",
            _ => $"{seconds / 3600} h {seconds / 60 % 60} min",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    private static (OutsidePart Part, string Place) KeyOf(OutsidePart part, string place) =>
        (part, part == OutsidePart.Source ? place : "");

    // A single old failure with no call since is not the start of an outage.
    private bool IsForgotten(Outage outage, long now) => outage.SaidAt is null && time.GetElapsedTime(outage.FailedAt, now) > Interval;

    private sealed class Outage
    {
        public required long Since { get; init; }

        public long FailedAt { get; set; }

        public long? SaidAt { get; set; }

        public HashSet<string> Places { get; } = new(StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Outage}: {Reason}. Trying again.")]
        public static partial void Away(ILogger logger, string outage, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Outage}, for {Duration} now: {Reason}. Trying again.")]
        public static partial void StillAway(ILogger logger, string outage, string duration, string reason);

        // Logged at the same level as the outage, so that whoever got the warning also gets the recovery.
        [LoggerMessage(3, LogLevel.Warning, "{Part} after {Duration}.")]
        public static partial void Back(ILogger logger, string part, string duration);
    }
}
