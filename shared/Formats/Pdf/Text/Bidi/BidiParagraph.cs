using System.Text;

namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <summary>
/// The Unicode bidirectional algorithm (UAX #9) for one paragraph of text: embedding levels by rules P2 to I2. Its memory is reused from
/// text to text.
/// </summary>
internal sealed partial class BidiParagraph
{
    private const int MaxDepth = 125;

    private readonly List<int> _sequence = [];
    private BidiClass[] _original = [];
    private BidiClass[] _kinds = [];
    private byte[] _explicit = [];
    private int[] _matches = [];
    private int _length;

    /// <summary>The paragraph's own level: 0 from left to right, 1 from right to left.</summary>
    public int Level { get; private set; }

    /// <summary>
    /// Sets the level of every rune: even runs from left to right, odd from right to left. Lines still need <see cref="SetLineEnds"/>.
    /// </summary>
    /// <param name="runes">The paragraph.</param>
    /// <param name="levels">As long as the paragraph.</param>
    /// <param name="level">The paragraph's level when it is known; null takes it from the first strong character.</param>
    public void Resolve(ReadOnlySpan<Rune> runes, Span<byte> levels, int? level = null)
    {
        if (_kinds.Length < runes.Length)
        {
            _original = new BidiClass[runes.Length * 2];
            _kinds = new BidiClass[runes.Length * 2];
            _explicit = new byte[runes.Length * 2];
            _matches = new int[runes.Length * 2];
        }

        _length = runes.Length;
        for (var i = 0; i < runes.Length; i++)
            _original[i] = _kinds[i] = BidiClasses.Of(runes[i].Value);

        MatchIsolates(runes.Length);
        Level = level ?? FirstStrong(0, runes.Length) ?? 0;
        SetExplicitLevels(levels);
        ResolveSequences(runes, levels);
    }

    /// <summary>
    /// Rule L1 for a line of the paragraph resolved last: separators, and blanks before them and at the line's end, take the paragraph's
    /// level.
    /// </summary>
    /// <param name="levels">The levels of the line.</param>
    /// <param name="start">Where the line starts in the paragraph.</param>
    public void SetLineEnds(Span<byte> levels, int start)
    {
        var isTrailing = true;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            var kind = _original[start + i];
            var separates = kind is BidiClass.B or BidiClass.S;
            isTrailing = separates || (isTrailing && BidiClasses.IsBlank(kind));
            if (isTrailing)
                levels[i] = (byte)Level;
        }
    }

    // BD9: the PDI that ends each isolate, or -1; and the isolate that each PDI ends.
    private void MatchIsolates(int length)
    {
        var open = new Stack<int>();
        for (var i = 0; i < length; i++)
        {
            _matches[i] = -1;
            if (BidiClasses.OpensIsolate(_original[i]))
                open.Push(i);
            else if (_original[i] == BidiClass.PDI && open.TryPop(out var start))
                (_matches[i], _matches[start]) = (start, i);
            else if (_original[i] == BidiClass.B)
                open.Clear();
        }
    }

    // P2 and P3; null when there is no strong character outside isolates.
    private int? FirstStrong(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var kind = _original[i];
            if (kind == BidiClass.L)
                return 0;

            if (kind is BidiClass.R or BidiClass.AL)
                return 1;

            if (BidiClasses.OpensIsolate(kind))
            {
                if (_matches[i] < 0)
                    return null;

                i = _matches[i];
            }
        }

        return null;
    }

    // X1 to X8.
    private void SetExplicitLevels(Span<byte> levels)
    {
        var stack = new Stack<Status>();
        stack.Push(new Status(Level, null, IsIsolate: false));
        var (isolatesOver, embeddingsOver, isolates) = (0, 0, 0);
        for (var i = 0; i < levels.Length; i++)
        {
            var top = stack.Peek();
            var kind = _original[i];
            levels[i] = (byte)top.Level;
            switch (kind)
            {
                case BidiClass.LRE or BidiClass.LRO or BidiClass.RLE or BidiClass.RLO:
                    var next = Next(top.Level, kind is BidiClass.RLE or BidiClass.RLO);
                    if (next > MaxDepth || isolatesOver > 0 || embeddingsOver > 0)
                        embeddingsOver += isolatesOver == 0 ? 1 : 0;
                    else
                        stack.Push(new Status(next, OverrideOf(kind), IsIsolate: false));
                    break;
                case BidiClass.LRI or BidiClass.RLI or BidiClass.FSI:
                    _kinds[i] = top.Override ?? kind;
                    var inner = Next(top.Level, IsRightToLeft(i));
                    if (inner > MaxDepth || isolatesOver > 0 || embeddingsOver > 0)
                    {
                        isolatesOver++;
                        break;
                    }

                    isolates++;
                    stack.Push(new Status(inner, null, IsIsolate: true));
                    break;
                case BidiClass.PDI:
                    if (isolatesOver > 0)
                    {
                        isolatesOver--;
                    }
                    else if (isolates > 0)
                    {
                        embeddingsOver = 0;
                        while (!stack.Pop().IsIsolate)
                        {
                        }

                        isolates--;
                    }

                    top = stack.Peek();
                    levels[i] = (byte)top.Level;
                    _kinds[i] = top.Override ?? kind;
                    break;
                case BidiClass.PDF:
                    if (isolatesOver == 0 && embeddingsOver > 0)
                        embeddingsOver--;
                    else if (isolatesOver == 0 && !top.IsIsolate && stack.Count > 1)
                        stack.Pop();
                    break;
                case BidiClass.B:
                    levels[i] = (byte)Level;
                    break;
                case BidiClass.BN:
                    break;
                default:
                    _kinds[i] = top.Override ?? kind;
                    break;
            }
        }
    }

    private bool IsRightToLeft(int isolate) => _original[isolate] switch
    {
        BidiClass.RLI => true,
        BidiClass.LRI => false,
        _ => FirstStrong(isolate + 1, _matches[isolate] < 0 ? _length : _matches[isolate]) == 1,
    };

    private static int Next(int level, bool isOdd) => isOdd ? (level + 1) | 1 : (level + 2) & ~1;

    private static BidiClass? OverrideOf(BidiClass kind) => kind switch
    {
        BidiClass.LRO => BidiClass.L,
        BidiClass.RLO => BidiClass.R,
        _ => null,
    };

    private readonly record struct Status(int Level, BidiClass? Override, bool IsIsolate);
}
