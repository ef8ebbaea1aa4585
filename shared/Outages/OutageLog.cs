using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Outages;

/// <summary>
/// Says in one line that an outside part can't be reached, once and then each half minute while it lasts, and in another that it answers
/// again. Whoever calls such a part tells what came of it, each time; exceptions go to the log at <see cref="LogLevel.Debug"/>
/// (<see cref="OutageFaults"/>).
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    /// <summary>How often an outage that lasts is told of.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Storage's clients repeat a call at once: one that broke off and then works is nothing to tell.
    private static readonly TimeSpan Blip = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(OutsidePart Part, string Place), Outage> _outages = [];
    private volatile bool _isAny;

    /// <summary>Whether a part is known to be away, and was told of.</summary>
    /// <param name="part">The part.</param>
    public bool IsAway(OutsidePart part)
    {
        if (!_isAny)
            return false;

        lock (_lock)
            return _outages.Any(outage => outage.Key.Part == part && outage.Value.SaidAt is not null);
    }

    /// <summary>A call failed as its other side can't be reached.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">Where it was called: an address, or a source's name.</param>
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

    /// <summary>A call was answered, whatever the answer was.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">Where it was called.</param>
    public void Answered(OutsidePart part, string place)
    {
        if (!_isAny)
            return;

        lock (_lock)
        {
            var key = KeyOf(part, place);
            // It is back when all of it is: an account's services have addresses of their own.
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

    // A single failure of long ago, with no call since, is no begin.
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

        // Who was warned is to hear of the end as well, wherever warnings go.
        [LoggerMessage(3, LogLevel.Warning, "{Part} after {Duration}.")]
        public static partial void Back(ILogger logger, string part, string duration);
    }
}
