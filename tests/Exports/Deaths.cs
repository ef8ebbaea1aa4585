namespace ExportFunctions.Tests.Exports;

/// <summary>Goes through all the steps that a host may die at.</summary>
internal static class Deaths
{
    private const int MaxSteps = 100;

    /// <summary>Runs a test with a fuse for each step, blown before it and after it, until one outlasts the test.</summary>
    /// <param name="min">The fewest deaths, so that no test passes with nothing to die at.</param>
    /// <param name="test">The test, in a world of its own.</param>
    public static async Task AtEachStepAsync(int min, Func<Fuse, Task> test)
    {
        var deaths = 0;
        foreach (var moment in Enum.GetValues<FuseMoment>())
            deaths += await CountAsync(moment, MaxSteps, test);
        Assert.True(deaths >= min, $"only {deaths} steps were there to die at");
    }

    /// <summary>The same for one moment of each step.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="min">The fewest deaths.</param>
    /// <param name="max">The most.</param>
    /// <param name="test">The test, in a world of its own.</param>
    public static async Task AtEachStepAsync(FuseMoment moment, int min, int max, Func<Fuse, Task> test) =>
        Assert.InRange(await CountAsync(moment, max, test), min, max);

    private static async Task<int> CountAsync(FuseMoment moment, int max, Func<Fuse, Task> test)
    {
        for (var step = 1; step <= max + 1; step++)
        {
            var fuse = new Fuse(step, moment);
            try
            {
                await test(fuse);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"killed {moment} step {step}", exception);
            }

            if (!fuse.IsBlown)
                return step - 1;
        }

        throw new InvalidOperationException($"It has more than {max} steps.");
    }
}
