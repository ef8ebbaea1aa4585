namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Decides which codes a chunk is offered: the latest ones made at least sixteen chunks earlier. That chunk is compressed by then however
/// many threads there are, so that the same chunks are always offered the same codes. The first two chunks make their own, and must be
/// compressed before another one starts: chunks up to the sixteenth are offered the second one's.
/// </summary>
internal sealed class TableHistory
{
    /// <summary>
    /// The maximum number of chunks in flight, and the lag of offered codes. One chunk in this many makes its own codes, because rows
    /// change gradually.
    /// </summary>
    public const int Lag = 16;

    // Rows get longer as their numbers do: the second chunk's codes fit better than the first one's.
    private const int EarlyChunks = 2;

    private readonly LearnedTables?[] _states = new LearnedTables?[Lag];
    private LearnedTables? _early;
    private LearnedTables? _last;
    private int _offered;
    private int _taken;

    /// <summary>Whether the next chunk must be compressed before another one starts.</summary>
    public bool IsEarly => _offered < EarlyChunks;

    /// <summary>The codes for the next chunk; null if it makes its own.</summary>
    public LearnedTables? OfferNext()
    {
        var chunk = _offered++;
        return chunk < EarlyChunks || chunk % Lag == 0 ? null : chunk < Lag ? _early : _states[chunk % Lag];
    }

    /// <summary>Records the codes of an early chunk as soon as it is compressed; they are also recorded in order later.</summary>
    /// <param name="made">Its codes; null when there are none.</param>
    public void TakeEarly(LearnedTables? made) => _early = made;

    /// <summary>Records the codes that a chunk made, in chunk order.</summary>
    /// <param name="made">Its codes; null when the offered ones fitted.</param>
    public void Take(LearnedTables? made)
    {
        _last = made ?? _last;
        _states[_taken++ % Lag] = _last;
    }
}
