using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExportFunctions.Schedules.Timing;

/// <summary>
/// The rules a machine knows for a time zone: governments change them, and a machine gets the changes with its time zone data.
/// </summary>
internal static class ZoneRules
{
    // Past rules don't affect future instants.
    private static readonly DateTime Since = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>
    /// A digest of a zone's rules since 2020, which changes when any of them does. Null when this machine doesn't know the zone.
    /// </summary>
    public static string? Of(string name)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return null;

        var text = new StringBuilder().Append(zone.BaseUtcOffset.Ticks);
        foreach (var rule in zone.GetAdjustmentRules().Where(rule => rule.DateEnd >= Since))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"|{rule.DateStart.Ticks} {rule.DateEnd.Ticks} {rule.DaylightDelta.Ticks} {rule.BaseUtcOffsetDelta.Ticks}");
            Append(text, rule.DaylightTransitionStart);
            Append(text, rule.DaylightTransitionEnd);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static void Append(StringBuilder text, TimeZoneInfo.TransitionTime time) => text.Append(
        CultureInfo.InvariantCulture,
        $" {(time.IsFixedDateRule ? 1 : 0)} {time.Month} {time.Week} {time.Day} {(int)time.DayOfWeek} {time.TimeOfDay.Ticks}");
}
