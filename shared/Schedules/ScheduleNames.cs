using System.Text.Json;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>The JSON names of schedule values.</summary>
public static class ScheduleNames
{
    /// <summary>The state's JSON name.</summary>
    /// <param name="state">The state.</param>
    public static string Name(this ScheduleState state) => NameOf(state);

    /// <summary>The policy's JSON name.</summary>
    /// <param name="policy">The policy.</param>
    public static string Name(this MisfirePolicy policy) => NameOf(policy);

    /// <summary>The outcome's JSON name.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string Name(this ScheduleRunOutcome outcome) => NameOf(outcome);

    /// <summary>The clock change's JSON name.</summary>
    /// <param name="change">The clock change.</param>
    public static string Name(this ClockChange change) => NameOf(change);

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
