using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>A DICT of a CFF table: operators with their operands, as whole numbers and as the bytes they stand in.</summary>
internal sealed class CompactDictionary
{
    public const int Registry = 0x0C1E;
    public const int FontMatrix = 0x0C07;
    public const int FontList = 0x0C24;
    public const int FontOfGlyph = 0x0C25;
    public const int CidCount = 0x0C22;
    public const int FontBox = 5;
    public const int Charset = 15;
    public const int CharStrings = 17;
    public const int Private = 18;
    public const int Subroutines = 19;

    private readonly List<(int Operator, byte[] Bytes, int[] Operands)> _entries = [];

    /// <summary>Reads one.</summary>
    public static CompactDictionary Read(ReadOnlySpan<byte> bytes)
    {
        var result = new CompactDictionary();
        var operands = new List<int>();
        var start = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] > 21)
            {
                i = ReadOperand(bytes, i, operands);
                continue;
            }

            var end = i + (bytes[i] == 12 ? 2 : 1);
            result._entries.Add((end - i == 2 ? 0x0C00 | bytes[i + 1] : bytes[i], bytes[start..end].ToArray(), [.. operands]));
            operands.Clear();
            start = i = end;
        }

        return result;
    }

    /// <summary>The operands of an operator; null when the DICT lacks it. Real numbers are given as 0.</summary>
    public int[]? Find(int dictionaryOperator) => _entries.Find(entry => entry.Operator == dictionaryOperator).Operands;

    /// <summary>An operator with its operands as they stand; nothing when the DICT lacks it.</summary>
    public byte[] BytesOf(int dictionaryOperator) => _entries.Find(entry => entry.Operator == dictionaryOperator).Bytes ?? [];

    /// <summary>All of the DICT but one operator.</summary>
    public byte[] BytesWithout(int dictionaryOperator) =>
        [.. _entries.Where(entry => entry.Operator != dictionaryOperator).SelectMany(entry => entry.Bytes)];

    private static int ReadOperand(ReadOnlySpan<byte> bytes, int at, List<int> operands)
    {
        int first = bytes[at];
        switch (first)
        {
            case 28:
                operands.Add(BinaryPrimitives.ReadInt16BigEndian(bytes[(at + 1)..]));
                return at + 3;
            case 29:
                operands.Add(BinaryPrimitives.ReadInt32BigEndian(bytes[(at + 1)..]));
                return at + 5;
            case 30:
                operands.Add(0);
                for (at++; (bytes[at] & 0x0F) != 0x0F && (bytes[at] & 0xF0) != 0xF0; at++)
                {
                }

                return at + 1;
            case >= 247 and <= 250:
                operands.Add(((first - 247) * 256) + bytes[at + 1] + 108);
                return at + 2;
            case >= 251 and <= 254:
                operands.Add((-(first - 251) * 256) - bytes[at + 1] - 108);
                return at + 2;
            default:
                operands.Add(first - 139);
                return at + 1;
        }
    }
}
