using System.Numerics;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>The symbols of lengths and distances (RFC 1951, section 3.2.5).</summary>
internal static class DeflateCodes
{
    /// <summary>Symbols of literals and lengths: 256 bytes, the end of the block and 29 lengths.</summary>
    public const int Literals = 286;

    /// <summary>Symbols of distances.</summary>
    public const int Distances = 30;

    /// <summary>The symbol that ends a block.</summary>
    public const int EndOfBlock = 256;

    /// <summary>The longest match that one symbol can express.</summary>
    public const int MaxMatch = 258;

    /// <summary>The shortest match.</summary>
    public const int MinMatch = 3;

    /// <summary>The maximum distance of a match.</summary>
    public const int MaxDistance = 32 * 1024;

    private const int FirstLength = 257;

    private static readonly short[] LengthBases =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    /// <summary>The symbol of each length of a match, from 0 to 258; those below 3 have none.</summary>
    public static ushort[] LengthSymbols { get; } = MakeLengthSymbols();

    /// <summary>The number of extra bits after a length symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    public static int ExtraBitsOfLength(int symbol) => LengthBits[symbol - FirstLength];

    /// <summary>The shortest length of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    public static int BaseOfLength(int symbol) => LengthBases[symbol - FirstLength];

    /// <summary>The symbol of a distance: two per power of two, distinguished by the second-highest bit.</summary>
    /// <param name="distance">1 to 32,768.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SymbolOfDistance(int distance)
    {
        var last = (uint)distance - 1;
        if (last < 2)
            return (int)last;

        var log = BitOperations.Log2(last);
        return (log * 2) + (int)((last >> (log - 1)) & 1);
    }

    /// <summary>The number of extra bits after a distance symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ExtraBitsOfDistance(int symbol) => Math.Max(0, (symbol >> 1) - 1);

    private static ushort[] MakeLengthSymbols()
    {
        var symbols = new ushort[MaxMatch + 1];
        for (var i = 0; i < LengthBases.Length; i++)
        {
            for (var length = (int)LengthBases[i]; length < LengthBases[i] + (1 << LengthBits[i]) && length <= MaxMatch; length++)
                symbols[length] = (ushort)(FirstLength + i);
        }

        return symbols;
    }
}
