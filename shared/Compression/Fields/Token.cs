using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>
/// A run of literals, which are read from the chunk, and the match behind it: 32 bits count the literals, 16 the match's bytes, 16 say how
/// far
/// back it lies. A match may be longer than deflate's longest; it is cut when it is written.
/// </summary>
internal static class Token
{
    /// <summary>The longest match of a token.</summary>
    public const int MaxLength = ushort.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(int literals, int length, int distance) => ((ulong)(uint)literals << 32) | ((uint)length << 16) | (uint)distance;

    /// <summary>A token whose match is longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Lengthened(ulong token, int bytes) => token + ((ulong)(uint)bytes << 16);

    /// <summary>The literals before the match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Literals(ulong token) => (int)(token >> 32);

    /// <summary>The bytes of the match; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ulong token) => (int)(token >> 16) & MaxLength;

    /// <summary>How far back the match lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(ulong token) => (int)token & MaxLength;

    /// <summary>The next piece of a match that is longer than deflate's longest: what is left must not be too short for one.</summary>
    /// <param name="length">The bytes left, more than <see cref="DeflateCodes.MaxMatch"/>.</param>
    public static int Piece(int length) => Math.Min(DeflateCodes.MaxMatch, length - DeflateCodes.MinMatch);
}
