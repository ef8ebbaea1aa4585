namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter of a timer function.</summary>
/// <param name="schedule">A six-field NCRONTAB expression, or <c>%SETTING%</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>The schedule.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether the function also runs when the host starts.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Whether the host remembers past runs.</summary>
    public bool UseMonitor { get; set; } = true;
}
