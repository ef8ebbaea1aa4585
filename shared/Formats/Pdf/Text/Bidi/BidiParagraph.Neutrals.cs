using System.Text;

namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <content>N0 to N2: brackets, and what has no direction of its own.</content>
internal sealed partial class BidiParagraph
{
    private const int MaxOpenBrackets = 63;

    private readonly List<(int Open, int Close)> _pairs = [];
    private readonly List<(int Closing, int Position)> _open = [];

    private void ResolveBrackets(ReadOnlySpan<Rune> runes, int level, BidiClass sos)
    {
        FindPairs(runes);
        var embedding = Strong(level);
        foreach (var (open, close) in _pairs)
        {
            var (hasEmbedding, hasOther) = (false, false);
            for (var i = open + 1; i < close; i++)
            {
                var strong = StrongOf(_kinds[_sequence[i]]);
                hasEmbedding |= strong == embedding;
                hasOther |= strong is not null && strong != embedding;
            }

            if (hasEmbedding)
                SetPair(open, close, embedding);
            else if (hasOther)
                SetPair(open, close, Context(open, sos) == embedding ? embedding : Strong(level + 1));
        }
    }

    // N0 c: what stands before the pair decides between the inner direction and the embedding's.
    private BidiClass Context(int open, BidiClass sos)
    {
        for (var i = open - 1; i >= 0; i--)
        {
            if (StrongOf(_kinds[_sequence[i]]) is { } strong)
                return strong;
        }

        return sos;
    }

    private void SetPair(int open, int close, BidiClass kind)
    {
        SetBracket(open, kind);
        SetBracket(close, kind);
    }

    // Marks that W1 made neutral with their bracket go with it.
    private void SetBracket(int position, BidiClass kind)
    {
        _kinds[_sequence[position]] = kind;
        for (var i = position + 1; i < _sequence.Count && _original[_sequence[i]] == BidiClass.NSM; i++)
            _kinds[_sequence[i]] = kind;
    }

    // BD16.
    private void FindPairs(ReadOnlySpan<Rune> runes)
    {
        _pairs.Clear();
        _open.Clear();
        for (var i = 0; i < _sequence.Count; i++)
        {
            if (_kinds[_sequence[i]] != BidiClass.ON)
                continue;

            var codePoint = runes[_sequence[i]].Value;
            if (BidiBrackets.ClosingOf(codePoint) is var closing and not 0)
            {
                if (_open.Count == MaxOpenBrackets)
                    break;

                _open.Add((closing, i));
            }
            else if (BidiBrackets.IsClosing(codePoint))
            {
                var found = _open.FindLastIndex(bracket => bracket.Closing == BidiBrackets.Canonical(codePoint));
                if (found < 0)
                    continue;

                _pairs.Add((_open[found].Position, i));
                _open.RemoveRange(found, _open.Count - found);
            }
        }

        _pairs.Sort();
    }

    // N1 and N2.
    private void ResolveNeutrals(int level, BidiClass sos, BidiClass eos)
    {
        for (var i = 0; i < _sequence.Count; i++)
        {
            if (!BidiClasses.IsNeutral(_kinds[_sequence[i]]))
                continue;

            var end = i;
            while (end < _sequence.Count && BidiClasses.IsNeutral(_kinds[_sequence[end]]))
                end++;

            var before = i == 0 ? sos : StrongOf(_kinds[_sequence[i - 1]]);
            var after = end == _sequence.Count ? eos : StrongOf(_kinds[_sequence[end]]);
            var kind = before == after && before is { } both ? both : Strong(level);
            for (; i < end; i++)
                _kinds[_sequence[i]] = kind;

            i--;
        }
    }

    // Numbers count as right-to-left.
    private static BidiClass? StrongOf(BidiClass kind) => kind switch
    {
        BidiClass.L => BidiClass.L,
        BidiClass.R or BidiClass.EN or BidiClass.AN => BidiClass.R,
        _ => null,
    };
}
