namespace ExportFunctions.Tests.Exports;

/// <summary>Kills a worker at a chosen step: from then on nothing it does reaches the outside, as with a process that is gone.</summary>
internal sealed class Fuse(int steps, FuseMoment moment)
{
    private int _steps = steps;

    public static Fuse Never => new(int.MaxValue, FuseMoment.Before);

    public bool IsBlown { get; private set; }

    public async Task<T> PassAsync<T>(Func<Task<T>> step)
    {
        if (IsBlown)
            throw new WorkerKilledException();

        var isLast = Interlocked.Decrement(ref _steps) == 0;
        if (isLast && moment == FuseMoment.Before)
            Blow();

        var result = await step();
        if (isLast)
            Blow();

        return result;
    }

    public Task PassAsync(Func<Task> step) => PassAsync(async () =>
    {
        await step();
        return true;
    });

    private void Blow()
    {
        IsBlown = true;
        throw new WorkerKilledException();
    }
}

/// <summary>Whether the last step still takes effect.</summary>
internal enum FuseMoment
{
    Before,
    After,
}

internal sealed class WorkerKilledException : Exception;
