using System.Text;

namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <content>X10: the isolating run sequences, each resolved on its own by W1 to I2.</content>
internal sealed partial class BidiParagraph
{
    private void ResolveSequences(ReadOnlySpan<Rune> runes, Span<byte> levels)
    {
        levels.CopyTo(_explicit);
        for (var i = 0; i < runes.Length; i++)
        {
            // A run starts where the level changes; one that starts with an isolate's end belongs to the run the isolate broke off.
            if (BidiClasses.IsRemoved(_original[i]) || !StartsRun(i) || (_original[i] == BidiClass.PDI && _matches[i] >= 0))
                continue;

            Gather(i);
            var level = _explicit[i];
            var sos = Strong(Math.Max(level, LevelBefore(i)));
            var eos = Strong(Math.Max(level, LevelAfter(_sequence[^1])));
            ResolveWeak(sos);
            ResolveBrackets(runes, level, sos);
            ResolveNeutrals(level, sos, eos);
            foreach (var index in _sequence)
                levels[index] = Implicit(_kinds[index], level);
        }

        // What X9 took out shows nothing, and goes with the character before it.
        for (var i = 0; i < runes.Length; i++)
        {
            if (BidiClasses.IsRemoved(_original[i]))
                levels[i] = i == 0 ? (byte)Level : levels[i - 1];
        }
    }

    private static BidiClass Strong(int level) => level % 2 == 0 ? BidiClass.L : BidiClass.R;

    // I1 and I2.
    private static byte Implicit(BidiClass kind, byte level) => (kind, level % 2) switch
    {
        (BidiClass.R, 0) => (byte)(level + 1),
        (BidiClass.AN or BidiClass.EN, 0) => (byte)(level + 2),
        (BidiClass.L or BidiClass.AN or BidiClass.EN, 1) => (byte)(level + 1),
        _ => level,
    };

    private bool StartsRun(int index)
    {
        var before = Neighbour(index, -1);
        return before < 0 || _explicit[before] != _explicit[index];
    }

    // The run that starts here, and from each isolate's start on, the run that its end begins.
    private void Gather(int start)
    {
        _sequence.Clear();
        var level = _explicit[start];
        for (var i = start; i >= 0 && _explicit[i] == level;)
        {
            _sequence.Add(i);
            var next = Neighbour(i, 1);
            if (BidiClasses.OpensIsolate(_original[i]) && (next < 0 || _explicit[next] != level))
                next = _matches[i];

            i = next;
        }
    }

    private int LevelBefore(int index)
    {
        var before = Neighbour(index, -1);
        return before < 0 ? Level : _explicit[before];
    }

    private int LevelAfter(int index)
    {
        var after = Neighbour(index, 1);
        return after < 0 || (BidiClasses.OpensIsolate(_original[index]) && _matches[index] < 0) ? Level : _explicit[after];
    }

    // The next character in a direction that X9 leaves; -1 when there is none.
    private int Neighbour(int index, int step)
    {
        for (index += step; index >= 0 && index < _length; index += step)
        {
            if (!BidiClasses.IsRemoved(_original[index]))
                return index;
        }

        return -1;
    }
}
