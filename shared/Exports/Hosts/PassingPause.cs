namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// How long a message that a host passes on stays hidden: briefly while a host that serves its dataset is alive, so that it gets there
/// soon, and longer while there is none.
/// </summary>
internal static class PassingPause
{
    // Storage counts whole seconds.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxServed = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan MaxUnserved = TimeSpan.FromSeconds(15);

    /// <summary>The delay.</summary>
    /// <param name="passed">How many times it was passed on before.</param>
    /// <param name="isServed">Whether a live host serves its dataset.</param>
    public static TimeSpan After(int passed, bool isServed)
    {
        var pause = First * Math.Pow(2, Math.Min(passed, 4));
        var max = isServed ? MaxServed : MaxUnserved;
        return pause < max ? pause : max;
    }
}
