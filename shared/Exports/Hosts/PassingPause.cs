namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// How long a message stays hidden that a host leaves to others: a moment while a host that serves it is there, so that it is soon its
/// turn, and longer while none is.
/// </summary>
internal static class PassingPause
{
    // Storage counts in whole seconds.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxServed = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan MaxUnserved = TimeSpan.FromSeconds(15);

    /// <summary>The pause.</summary>
    /// <param name="passed">How often it was left before.</param>
    /// <param name="isServed">Whether a host that serves it is there.</param>
    public static TimeSpan After(int passed, bool isServed)
    {
        var pause = First * Math.Pow(2, Math.Min(passed, 4));
        var max = isServed ? MaxServed : MaxUnserved;
        return pause < max ? pause : max;
    }
}
