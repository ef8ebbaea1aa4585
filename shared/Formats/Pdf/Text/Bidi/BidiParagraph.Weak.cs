namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <content>W1 to W7: numbers and what belongs to them.</content>
internal sealed partial class BidiParagraph
{
    private void ResolveWeak(BidiClass sos)
    {
        ResolveMarksAndDigits(sos);
        JoinSeparators();
        JoinTerminators();

        // W6 and W7.
        var strong = sos;
        foreach (var index in _sequence)
        {
            ref var kind = ref _kinds[index];
            if (kind is BidiClass.ES or BidiClass.ET or BidiClass.CS)
                kind = BidiClass.ON;
            else if (kind is BidiClass.L or BidiClass.R)
                strong = kind;
            else if (kind == BidiClass.EN && strong == BidiClass.L)
                kind = BidiClass.L;
        }
    }

    // W1 to W3.
    private void ResolveMarksAndDigits(BidiClass sos)
    {
        var previous = sos;
        var strong = sos;
        foreach (var index in _sequence)
        {
            ref var kind = ref _kinds[index];
            if (kind == BidiClass.NSM)
                kind = BidiClasses.OpensIsolate(previous) || previous == BidiClass.PDI ? BidiClass.ON : previous;

            previous = kind;
            if (kind is BidiClass.L or BidiClass.R or BidiClass.AL)
                strong = kind;
            else if (kind == BidiClass.EN && strong == BidiClass.AL)
                kind = BidiClass.AN;
        }

        foreach (var index in _sequence)
        {
            if (_kinds[index] == BidiClass.AL)
                _kinds[index] = BidiClass.R;
        }
    }

    // W4: one separator between two numbers of a kind.
    private void JoinSeparators()
    {
        for (var i = 1; i + 1 < _sequence.Count; i++)
        {
            var before = _kinds[_sequence[i - 1]];
            ref var kind = ref _kinds[_sequence[i]];
            if (before != _kinds[_sequence[i + 1]])
                continue;

            if (before == BidiClass.EN && kind is (BidiClass.ES or BidiClass.CS))
                kind = BidiClass.EN;
            else if (before == BidiClass.AN && kind == BidiClass.CS)
                kind = BidiClass.AN;
        }
    }

    // W5: terminators beside a European number.
    private void JoinTerminators()
    {
        for (var i = 0; i < _sequence.Count; i++)
        {
            if (_kinds[_sequence[i]] != BidiClass.ET)
                continue;

            var end = i;
            while (end < _sequence.Count && _kinds[_sequence[end]] == BidiClass.ET)
                end++;

            var isBeside =
                (i > 0 && _kinds[_sequence[i - 1]] == BidiClass.EN) || (end < _sequence.Count && _kinds[_sequence[end]] == BidiClass.EN);
            for (; i < end; i++)
                _kinds[_sequence[i]] = isBeside ? BidiClass.EN : BidiClass.ET;

            i--;
        }
    }
}
