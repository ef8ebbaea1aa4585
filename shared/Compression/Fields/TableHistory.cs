namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Which codes a chunk is offered: those that were made last, up to the sixteenth chunk before it. That one has been compressed in any
/// case, however many threads there are, so that the same chunks are offered the same codes. The first two chunks make their own, and
/// have to be compressed before another one is begun: those up to the sixteenth are offered the second one's.
/// </summary>
internal sealed class TableHistory
{
    /// <summary>The most chunks on their way, and how far back codes come from. One chunk in so many makes its own, because rows change
    /// little by little.</summary>
    public const int Lag = 16;

    // Rows become longer as their numbers do: the second chunk's codes fit better than the first one's.
    private const int EarlyChunks = 2;

    private readonly LearnedTables?[] _states = new LearnedTables?[Lag];
    private LearnedTables? _early;
    private LearnedTables? _last;
    private int _offered;
    private int _taken;

    /// <summary>Whether the next chunk has to be compressed before another is begun.</summary>
    public bool IsEarly => _offered < EarlyChunks;

    /// <summary>The codes for the next chunk; null for its own.</summary>
    public LearnedTables? OfferNext()
    {
        var chunk = _offered++;
        return chunk < EarlyChunks || chunk % Lag == 0 ? null : chunk < Lag ? _early : _states[chunk % Lag];
    }

    /// <summary>Takes what an early chunk has made, as soon as it is compressed; it is taken in its turn as well.</summary>
    /// <param name="made">Its codes; null when there are none.</param>
    public void TakeEarly(LearnedTables? made) => _early = made;

    /// <summary>Takes what a chunk has made, in the chunks' order.</summary>
    /// <param name="made">Its codes; null when those offered did.</param>
    public void Take(LearnedTables? made)
    {
        _last = made ?? _last;
        _states[_taken++ % Lag] = _last;
    }
}
