using System.Runtime.CompilerServices;

namespace ExportFunctions.Tests.Exports;

/// <summary>Kills a worker at a chosen step: from then on nothing it does reaches the outside, as with a process that is gone.</summary>
internal sealed class Fuse
{
    private readonly FuseMoment _moment;
    private readonly string? _step;
    private int _left;

    /// <summary>Kills at a step by its number, for tests that go through all of them.</summary>
    /// <param name="number">The step's number, from 1.</param>
    /// <param name="moment">Whether it still takes effect.</param>
    public Fuse(int number, FuseMoment moment)
        : this(step: null, number, moment)
    {
    }

    private Fuse(string? step, int left, FuseMoment moment)
    {
        _step = step;
        _left = left;
        _moment = moment;
    }

    public static Fuse Never => new(int.MaxValue, FuseMoment.Before);

    public bool IsBlown { get; private set; }

    /// <summary>Kills before a step by its name: the member that passes the fuse.</summary>
    /// <param name="step">The name.</param>
    /// <param name="time">Which of the calls of that name, from 1.</param>
    public static Fuse Before(string step, int time = 1) => new(step, time, FuseMoment.Before);

    /// <summary>Kills after a step by its name.</summary>
    /// <param name="step">The name.</param>
    /// <param name="time">Which of the calls of that name, from 1.</param>
    public static Fuse After(string step, int time = 1) => new(step, time, FuseMoment.After);

    public async Task<T> PassAsync<T>(Func<Task<T>> call, [CallerMemberName] string step = "")
    {
        if (IsBlown)
            throw new WorkerKilledException();

        var isLast = (_step is null || _step == step) && Interlocked.Decrement(ref _left) == 0;
        if (isLast && _moment == FuseMoment.Before)
            Blow();

        var result = await call();
        if (isLast)
            Blow();

        return result;
    }

    public Task PassAsync(Func<Task> call, [CallerMemberName] string step = "") => PassAsync(
        async () =>
        {
            await call();
            return true;
        },
        step);

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
