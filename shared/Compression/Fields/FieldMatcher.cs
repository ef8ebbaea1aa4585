using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Finds matches around the places of a chunk's values.</summary>
internal abstract unsafe class FieldMatcher : IDisposable
{
    /// <summary>The tokens of the chunk that was looked at last.</summary>
    public TokenList Tokens { get; } = new();

    /// <summary>A matcher that compares as many bytes at once as it is told, or else as this processor does.</summary>
    public static FieldMatcher Of(FieldShape shape, ComparisonWidth width) => width switch
    {
        ComparisonWidth.Vector256 => new FieldMatcher<Comparison256>(shape),
        ComparisonWidth.Vector128 => new FieldMatcher<Comparison128>(shape),
        _ => new FieldMatcher<ComparisonScalar>(shape),
    };

    /// <summary>Finds the tokens of a chunk.</summary>
    /// <param name="bytes">The chunk; <see cref="IByteComparison.Slack"/> bytes on either side of it can be read and are always the
    /// same.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="places">Its values.</param>
    public abstract void Find(byte* bytes, int length, ReadOnlySpan<FieldPlace> places);

    /// <inheritdoc/>
    public void Dispose() => Tokens.Dispose();
}

/// <inheritdoc/>
/// <typeparam name="TComparison">How bytes are compared.</typeparam>
internal sealed unsafe class FieldMatcher<TComparison> : FieldMatcher
    where TComparison : struct, IByteComparison
{
    // What two columns' distances differ by in bits, in half bytes: a longer match must be worth it.
    private const int AlikeBonus = 3;

    // A beginning is only taken from far away when it gives so much more.
    private const int PrefixGain = 4;

    private readonly FieldShape _shape;
    private readonly FieldColumn[] _columns;
    private readonly int[] _alike;
    private readonly ValueCache _wholes;
    private readonly ValueCache _prefixes;
    private readonly TextMatcher<TComparison> _texts;

    /// <summary>Makes a matcher.</summary>
    /// <param name="shape">What is known of the rows.</param>
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
        foreach (var place in places)
        {
            var (start, end) = (place.Start, place.Start + place.Length);
            if (place.Column >= _columns.Length || (uint)start > (uint)length || end > length)
                continue;

            ref var column = ref _columns[place.Column];
            var whole = column.HasWholes ? ValueCache.HashOfWhole(bytes, start, end) : 0;
            if (Tokens.Told < end || place.Length == 0)
                MatchStart(bytes, length, place.Column, ref column, start, end, whole);

            if (hasEnds && Tokens.Told <= end)
                MatchEnd(bytes, length, column.End, end);

            _texts.Match(Tokens.Told, end);
            Remember(bytes, place.Column, ref column, start, end, whole);
        }

        _texts.Match(Tokens.Told, length);
        Tokens.End(length);
    }

    // Whether cells are missing between those of a row, so that a value is not always followed by the same.
    private bool HasGaps(ReadOnlySpan<FieldPlace> places)
    {
        var expected = 0;
        foreach (var place in places)
        {
            if (place.Column != expected)
                return true;

            expected = place.Column + 1 == _columns.Length ? 0 : expected + 1;
        }

        return false;
    }

    private void MatchStart(byte* bytes, int length, int index, ref FieldColumn column, int start, int end, ulong whole)
    {
        var from = Math.Max(start, Tokens.Told);
        var best = Compare(bytes, column.Start, start, from, length);
        if (_alike[index] is var alike and >= 0 && (column.PrefersAlike || column.IsLearning || column.Start < 0))
        {
            var other = Compare(bytes, _columns[alike].Start, start, from, length);
            column.Preference += (2 * (best.Length - other.Length)) - AlikeBonus;
            if (other.Length >= best.Length)
                best = other;
        }

        if (from + best.Forwards < end && (column.HasWholes || column.HasPrefixes) && TryCaches(bytes, length, index, ref column, start, end, whole, from, ref best, out var near))
        {
            // What stands before the value may be longer where the row before has it.
            if (near.Backwards >= best.Backwards + TokenList.MinMatch)
            {
                Add(from - near.Backwards, near.Backwards, near.Distance);
                best.Backwards = 0;
            }
        }

        if (best.Length > 0)
            Add(from - best.Backwards, best.Length, best.Distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MatchEnd(byte* bytes, int length, int before, int end)
    {
        var match = Compare(bytes, before, end, end, length);
        if (match.Length > 0)
            Add(end - match.Backwards, match.Length, match.Distance);
    }

    // What lies before a match is told first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int start, int length, int distance)
    {
        if (start - Tokens.Told >= TextMatcher<TComparison>.ShortText && length >= TokenList.MinMatch)
            _texts.Match(Tokens.Told, start);

        Tokens.Add(start, length, distance);
    }

    // Compares from a place on and before it with what stands around another value's beginning.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FieldMatch Compare(byte* bytes, int other, int start, int from, int length)
    {
        var distance = start - other;
        if (other < 0 || (uint)(distance - 1) >= DeflateCodes.MaxDistance)
            return default;

        var forwards = TComparison.Forwards(bytes + from, bytes + from - distance, length - from);
        var backwards = TComparison.Backwards(bytes + from, bytes + from - distance, Math.Min(from - Tokens.Told, from - distance));
        return new FieldMatch(backwards, forwards, distance);
    }

    private bool TryCaches(byte* bytes, int length, int index, ref FieldColumn column, int start, int end, ulong whole, int from, ref FieldMatch best, out FieldMatch near)
    {
        near = best;
        if (column.HasWholes)
        {
            column.WholeProbes++;
            var match = Compare(bytes, _wholes.Find(index, whole), start, from, length);
            if (from + match.Forwards >= end)
            {
                column.WholeHits++;
                best = match;
                return true;
            }
        }

        if (column.HasPrefixes && end - start >= ValueCache.PrefixBytes)
        {
            column.PrefixProbes++;
            var match = Compare(bytes, _prefixes.Find(index, ValueCache.HashOfPrefix(bytes, start)), start, from, length);
            if (match.Forwards >= best.Forwards + PrefixGain)
            {
                column.PrefixHits++;
                best = match;
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Remember(byte* bytes, int index, ref FieldColumn column, int start, int end, ulong whole)
    {
        if (column.HasWholes)
            _wholes.Set(index, whole, start);
        if (column.HasPrefixes && end - start >= ValueCache.PrefixBytes)
            _prefixes.Set(index, ValueCache.HashOfPrefix(bytes, start), start);

        (column.Start, column.End) = (start, end);
        if (column.IsLearning)
            column.Count();
    }
}
