using System.Diagnostics;
using ExportFunctions.Bench.Reports;

namespace ExportFunctions.Bench.Measuring;

/// <summary>Runs contenders in turn, A B C A B C, so that a machine that slows down slows them all.</summary>
/// <param name="rounds">How many rounds are wanted; one more, first, warms everything up and is forgotten.</param>
/// <param name="limit">When it has passed since <paramref name="begun"/>, no further round begins; there is always one.</param>
/// <param name="begun">When the command began, as <see cref="Stopwatch.GetTimestamp"/> gives it.</param>
internal sealed class Rounds(int rounds, TimeSpan limit, long begun)
{
    public async Task<IReadOnlyList<Standing>> RunAsync(Group group, CancellationToken cancellationToken)
    {
        var skipped = new Dictionary<Contender, string>();
        var samples = group.Contenders.ToDictionary(contender => contender, _ => new List<Sample>());
        foreach (var contender in group.Contenders)
            await AttemptAsync(contender, skipped, () => contender.PrepareAsync(cancellationToken));

        for (var round = 0; round <= rounds && (round <= 1 || Stopwatch.GetElapsedTime(begun) < limit); round++)
        {
            Progress.Say($"{group.Title}: {(round == 0 ? "warm-up" : $"round {round} of {rounds}")}");
            foreach (var contender in group.Contenders.Where(contender => !skipped.ContainsKey(contender)))
            {
                await AttemptAsync(contender, skipped, async () =>
                {
                    var sample = await contender.RunAsync(cancellationToken);
                    if (round > 0)
                        samples[contender].Add(sample);
                });
            }
        }

        return [.. group.Contenders.Select(contender => new Standing(contender, samples[contender], skipped.GetValueOrDefault(contender)))];
    }

    private static async Task AttemptAsync(Contender contender, Dictionary<Contender, string> skipped, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SkippedException reason)
        {
            skipped[contender] = reason.Message;
            Progress.Warn($"{contender.Name} is left out: {reason.Message}");
        }
    }
}
