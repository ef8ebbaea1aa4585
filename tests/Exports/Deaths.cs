namespace ExportFunctions.Tests.Exports;

/// <summary>Goes through all the steps that a host may die at.</summary>
internal static class Deaths
{
    private const int MaxSteps = 100;

    /// <summary>Runs a test with a fuse for each step, blown before it and after it, until one outlasts the test.</summary>
    /// <param name="atLeast">How many deaths there must be, so that no test passes with nothing to die at.</param>
    /// <param name="test">The test, in a world of its own.</param>
    public static async Task AtEachStepAsync(int atLeast, Func<Fuse, Task> test)
    {
        var deaths = 0;
        foreach (var moment in Enum.GetValues<FuseMoment>())
            deaths += await CountAsync(moment, test);
        Assert.True(deaths >= atLeast, $"only {deaths} steps were there to die at");
    }

    /// <summary>The same for one moment of each step.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="atLeast">How many deaths there must be.</param>
    /// <param name="test">The test, in a world of its own.</param>
    public static async Task AtEachStepAsync(FuseMoment moment, int atLeast, Func<Fuse, Task> test)
    {
        var deaths = await CountAsync(moment, test);
        Assert.True(deaths >= atLeast, $"only {deaths} steps were there to die at");
    }

    private static async Task<int> CountAsync(FuseMoment moment, Func<Fuse, Task> test)
    {
        for (var step = 1; step <= MaxSteps; step++)
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

        throw new InvalidOperationException($"It has more than {MaxSteps} steps.");
    }
}
