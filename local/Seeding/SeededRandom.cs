namespace ExportFunctions.Local.Seeding;

/// <summary>
/// SplitMix64, reseeded for every row from a stream and the row's position: row n is the same whatever rows came before it, and the same on
/// every machine and .NET version, which <see cref="Random"/> doesn't guarantee.
/// </summary>
internal struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <param name="stream">Separates tables and aspects, so that a change to one leaves the others' rows unchanged.</param>
    /// <param name="row">The row's position, from 0.</param>
    public SeededRandom(ulong stream, long row) => _state = Mix((stream * Golden) ^ Mix((ulong)row + Golden));

    /// <summary>The next number from 0 to one less than the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>The next number between two bounds, inclusive.</summary>
    public int Between(int min, int max) => min + Below(max - min + 1);

    /// <summary>True on average once in this many calls.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of the choices.</summary>
    public T Pick<T>(T[] choices) => choices[Below(choices.Length)];

    private ulong Next() => Mix(_state += Golden);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
