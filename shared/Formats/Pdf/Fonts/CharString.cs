using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>Copies the outline of a glyph with its subroutines put in place (Adobe technical note 5177), so that it needs none.</summary>
/// <param name="global">The font's subroutines.</param>
/// <param name="local">Those of the glyph's own dictionary; null when it has none.</param>
internal sealed class CharString(CompactFile.CompactIndex global, CompactFile.CompactIndex? local)
{
    private const int MaxDepth = 10;
    private const int MaxBytes = 1024 * 1024;

    private readonly List<byte> _copy = [];

    // Where each operand in hand starts in the copy, and its value when it is a whole number.
    private readonly List<(int Start, int Value)> _operands = [];
    private int _stems;
    private bool _isDone;

    /// <summary>The outline, whole.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public byte[] Flatten(ReadOnlySpan<byte> outline)
    {
        Copy(outline, 0);
        return [.. _copy];
    }

    private void Copy(ReadOnlySpan<byte> code, int depth)
    {
        if (depth > MaxDepth)
            throw Damaged();

        for (var i = 0; i < code.Length && !_isDone;)
        {
            if (_copy.Count > MaxBytes)
                throw Damaged();

            int first = code[i];
            if (first >= 32 || first == 28)
            {
                i += Operand(code[i..]);
                continue;
            }

            i++;
            switch (first)
            {
                case 10:
                    Call(local ?? throw Damaged(), depth);
                    break;
                case 29:
                    Call(global, depth);
                    break;
                case 11:
                    return;
                case 12:
                    _copy.AddRange([12, code[i]]);
                    Arithmetic(code[i++]);
                    break;
                case 1 or 3 or 18 or 23:
                    Stems(first);
                    break;
                case 19 or 20:
                    Stems(first);
                    var mask = code.Slice(i, (_stems + 7) / 8);
                    _copy.AddRange(mask);
                    i += mask.Length;
                    break;
                default:
                    _copy.Add((byte)first);
                    _operands.Clear();
                    _isDone = first == 14;
                    break;
            }
        }
    }

    private int Operand(ReadOnlySpan<byte> code)
    {
        var (length, value) = (int)code[0] switch
        {
            28 => (3, BinaryPrimitives.ReadInt16BigEndian(code[1..])),
            <= 246 => (1, code[0] - 139),
            <= 250 => (2, ((code[0] - 247) * 256) + code[1] + 108),
            <= 254 => (2, (-(code[0] - 251) * 256) - code[1] - 108),
            _ => (5, 0),
        };
        _operands.Add((_copy.Count, value));
        _copy.AddRange(code[..length]);
        return length;
    }

    // The number stands last, as every font tool writes it, and goes out of the copy with the call.
    private void Call(CompactFile.CompactIndex subroutines, int depth)
    {
        if (_operands.Count == 0)
            throw Damaged();

        var (start, value) = _operands[^1];
        _operands.RemoveAt(_operands.Count - 1);
        _copy.RemoveRange(start, _copy.Count - start);
        var bias = subroutines.Count < 1240 ? 107 : subroutines.Count < 33900 ? 1131 : 32768;
        if (value + bias < 0 || value + bias >= subroutines.Count)
            throw Damaged();

        Copy(subroutines.Get(value + bias), depth + 1);
    }

    // Each stem is a pair; an odd number before them is the glyph's width. A mask after operands has stems without an operator.
    private void Stems(int code)
    {
        _stems += _operands.Count / 2;
        _operands.Clear();
        _copy.Add((byte)code);
    }

    // Flex operators take all operands, the others leave some: how many matters to the stems alone.
    private void Arithmetic(int code)
    {
        var taken = code switch
        {
            3 or 4 or 10 or 11 or 12 or 15 or 18 or 24 => 1,
            20 or 30 => 2,
            22 => 3,
            5 or 9 or 14 or 21 or 26 or 28 or 29 => 0,
            23 or 27 => -1,
            _ => _operands.Count,
        };
        if (taken < 0)
            _operands.Add((_copy.Count, 0));
        else
            _operands.RemoveRange(Math.Max(0, _operands.Count - taken), Math.Min(taken, _operands.Count));
    }

    private static InvalidDataException Damaged() => new("its table CFF is damaged");
}
