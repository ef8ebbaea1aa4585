namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Which codes a chunk is offered: those that were made last, up to the sixteenth chunk before it. That one has been compressed in any
/// case,
/// however many threads there are, so that the same chunks are offered the same codes.
/// </summary>
internal sealed class TableHistory
{
    /// <summary>The most chunks on their way, and how far back codes come from. One chunk in so many makes its own, because rows change
    /// little by little.</summary>
    public const int Lag = 16;

    private readonly LearnedTables?[] _states = new LearnedTables?[Lag];
    private LearnedTables? _last;
    private int _offered;
    private int _taken;

    /// <summary>The codes for the next chunk; null for its own.</summary>
    public LearnedTables? OfferNext()
    {
        var slot = _offered++ % Lag;
        return slot == 0 ? null : _states[slot];
    }

    /// <summary>Takes what a chunk has made, in the chunks' order.</summary>
    /// <param name="made">Its codes; null when those offered did.</param>
    public void Take(LearnedTables? made)
    {
        _last = made ?? _last;
        _states[_taken++ % Lag] = _last;
    }
}
