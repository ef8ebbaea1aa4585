using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Finds matches around the field positions of a chunk.</summary>
internal abstract unsafe class FieldMatcher : IDisposable
{
    /// <summary>The tokens of the last chunk.</summary>
    public TokenList Tokens { get; } = new();

    /// <summary>A matcher that compares the given number of bytes at once, or the processor's best width.</summary>
    public static FieldMatcher Of(FieldShape shape, ComparisonWidth width) => width switch
    {
        ComparisonWidth.Vector256 => new FieldMatcher<Comparison256>(shape),
        ComparisonWidth.Vector128 => new FieldMatcher<Comparison128>(shape),
        _ => new FieldMatcher<ComparisonScalar>(shape),
    };

    /// <summary>Finds the tokens of a chunk.</summary>
    /// <param name="bytes">
    /// The chunk; <see cref="IByteComparison.Reach"/> bytes on either side of it must be readable and always the same.
    /// </param>
    /// <param name="length">Its bytes.</param>
    /// <param name="places">The positions of its values.</param>
    public abstract void Find(byte* bytes, int length, ReadOnlySpan<FieldPlace> places);

    /// <inheritdoc/>
    public void Dispose() => Tokens.Dispose();
}

/// <inheritdoc/>
/// <typeparam name="TComparison">How bytes are compared.</typeparam>
internal sealed unsafe class FieldMatcher<TComparison> : FieldMatcher
    where TComparison : struct, IByteComparison
{
    // The penalty for a greater distance between two columns, per bit, in half bytes: a longer match must be worth it.
    private const int AlikeBonus = 3;

    // A distant prefix must gain at least this much more.
    private const int PrefixGain = 4;

    // The number of values checked for missing cells.
    private const int MaxPlacesForGaps = 1024;

    // A value this short, including what precedes it, is skipped: the next value's match covers it. Two in a row are not skipped, since
    // they may not have been adjacent elsewhere.
    private const int SmallBytes = 3;

    private readonly FieldShape _shape;
    private readonly FieldColumn[] _columns;
    private readonly int[] _alike;
    private readonly ValueCache _wholes;
    private readonly ValueCache _prefixes;
    private readonly TextMatcher<TComparison> _texts;

    /// <summary>Makes a matcher.</summary>
    /// <param name="shape">The shape of the rows.</param>
    public FieldMatcher(FieldShape shape)
    {
        _shape = shape;
        _columns = new FieldColumn[shape.Columns];
        _alike = [.. shape.Alike];
        _wholes = new ValueCache(shape);
        _prefixes = new ValueCache(shape);
        _texts = new TextMatcher<TComparison>(Tokens);
    }

    /// <inheritdoc/>
    public override void Find(byte* bytes, int length, ReadOnlySpan<FieldPlace> places)
    {
        Tokens.Begin(length);
        _columns.AsSpan().Fill(new FieldColumn(_wholes.HasEntries));
        _wholes.Clear();
        _prefixes.Clear();
        _texts.Begin(bytes);
        var hasEnds = _shape.HasEnds || HasGaps(places);
        var (before, isPassedOver) = (0, false);
        foreach (var place in places)
        {
            var (start, end) = (place.Start, place.Start + place.Length);
            if (place.Column >= _columns.Length || (uint)start > (uint)length || end > length)
                continue;

            ref var column = ref _columns[place.Column];
            isPassedOver = !isPassedOver && end - before <= SmallBytes;
            before = end;
            if (isPassedOver)
            {
                (column.Start, column.End) = (start, end);
                continue;
            }

            if (Tokens.Told < end || place.Length == 0)
                MatchStart(bytes, length, place.Column, ref column, start, end);
            else
                Remember(bytes, place.Column, ref column, start, end);

            if (hasEnds && Tokens.Told <= end)
                MatchEnd(bytes, length, column.End, end);

            _texts.Match(Tokens.Told, end);
            (column.Start, column.End) = (start, end);
            if (column.IsLearning)
                column.Count();
        }

        _texts.Match(Tokens.Told, length);
        Tokens.End(length);
    }

    // Whether rows have missing cells, so that a value is not always followed by the same column. Decided from the first rows; also true
    // when the last row is incomplete.
    private bool HasGaps(ReadOnlySpan<FieldPlace> places)
    {
        if (places.Length % Math.Max(1, _columns.Length) != 0)
            return true;

        var expected = 0;
        foreach (var place in places[..Math.Min(places.Length, MaxPlacesForGaps)])
        {
            if (place.Column != expected)
                return true;

            expected = place.Column + 1 == _columns.Length ? 0 : expected + 1;
        }

        return false;
    }

    // Only the last lines depend on the previous value's result, so that the processor can work on several values at once.
    private void MatchStart(byte* bytes, int length, int index, ref FieldColumn column, int start, int end)
    {
        var told = Tokens.Told;
        var room = Math.Max(start - told, 0);
        var best = column.IsLearning
            ? CompareBoth(bytes, length, index, ref column, start, room)
            : Compare(bytes, column.PrefersAlike ? _columns[_alike[index]].Start : column.Start, start, length, room);
        var far = default(FieldMatch);
        var isLookedUp = start + best.Forwards < end;
        if (column.HasWholes)
        {
            ref var entry = ref _wholes.Entry(index, ValueCache.HashOfWhole(bytes, start, end));
            if (isLookedUp)
            {
                column.WholeProbes++;
                far = Compare(bytes, entry - 1, start, length, room);
                if (start + far.Forwards >= end)
                    column.WholeHits++;
                else
                    far = default;
            }

            entry = start + 1;
        }

        if (column.HasPrefixes && end - start >= ValueCache.PrefixBytes)
        {
            ref var entry = ref _prefixes.Entry(index, ValueCache.HashOfPrefix(bytes, start));
            if (isLookedUp && far.Distance == 0)
            {
                column.PrefixProbes++;
                far = Compare(bytes, entry - 1, start, length, room);
                if (far.Forwards >= best.Forwards + PrefixGain)
                    column.PrefixHits++;
                else
                    far = default;
            }

            entry = start + 1;
        }

        if (far.Distance != 0)
        {
            // What precedes the value may match further back in the previous row.
            if (best.Backwards >= far.Backwards + TokenList.MinMatch)
            {
                Add(start - best.Backwards, best.Backwards, best.Distance);
                far.Backwards = 0;
            }

            best = far;
        }

        // An earlier match may already cover the value's start, which leaves no room.
        var taken = Math.Max(told - start, 0);
        var matched = best.Length - taken;
        if (matched > 0)
            Add(start + taken - best.Backwards, matched, best.Distance);
    }

    // Determines which one is better.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private FieldMatch CompareBoth(byte* bytes, int length, int index, ref FieldColumn column, int start, int room)
    {
        var near = Compare(bytes, column.Start, start, length, room);
        if (_alike[index] is not (var alike and >= 0))
            return near;

        var other = Compare(bytes, _columns[alike].Start, start, length, room);
        column.Preference += (2 * (near.Length - other.Length)) - AlikeBonus;
        return other.Length >= near.Length ? other : near;
    }

    // Adds an emitted value to the caches, for later lookups.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Remember(byte* bytes, int index, ref FieldColumn column, int start, int end)
    {
        if (column.HasWholes)
            _wholes.Entry(index, ValueCache.HashOfWhole(bytes, start, end)) = start + 1;
        if (column.HasPrefixes && end - start >= ValueCache.PrefixBytes)
            _prefixes.Entry(index, ValueCache.HashOfPrefix(bytes, start)) = start + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MatchEnd(byte* bytes, int length, int before, int end)
    {
        var match = Compare(bytes, before, end, length, end - Tokens.Told);
        if (match.Length > 0)
            Add(end - match.Backwards, match.Length, match.Distance);
    }

    // Emits the text match that precedes a match first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int start, int length, int distance)
    {
        if (start - Tokens.Told >= TextMatcher<TComparison>.ShortText && length >= TokenList.MinMatch)
            _texts.Match(Tokens.Told, start);

        Tokens.Add(start, length, distance);
    }

    // Compares forwards and backwards from two positions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldMatch Compare(byte* bytes, int other, int start, int length, int room)
    {
        var distance = start - other;
        if (other < 0 || (uint)(distance - 1) >= DeflateCodes.MaxDistance)
            return default;

        var forwards = EqualBytes<TComparison>.Forwards(bytes + start, bytes + other, length - start);
        var backwards = EqualBytes<TComparison>.Backwards(bytes + start, bytes + other, Math.Min(room, other));
        return new FieldMatch(backwards, forwards, distance);
    }
}
