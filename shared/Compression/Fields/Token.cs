using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>
/// A run of literals, which are read from the chunk, followed by a match: 32 bits for the literal count, 16 for the match length, 16 for
/// its distance. A match may exceed deflate's maximum length; it is split when written.
/// </summary>
internal static class Token
{
    /// <summary>The longest match of a token.</summary>
    public const int MaxLength = ushort.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(int literals, int length, int distance) => ((ulong)(uint)literals << 32) | ((uint)length << 16) | (uint)distance;

    /// <summary>Packs a token.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Lengthened(ulong token, int bytes) => token + ((ulong)(uint)bytes << 16);

    /// <summary>The literals before the match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Literals(ulong token) => (int)(token >> 32);

    /// <summary>The bytes of the match; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ulong token) => (int)(token >> 16) & MaxLength;

    /// <summary>The distance of the match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(ulong token) => (int)token & MaxLength;

    /// <summary>The next piece of a match that exceeds deflate's maximum length: the rest must not be too short for a match.</summary>
    /// <param name="length">The bytes left, more than <see cref="DeflateCodes.MaxMatch"/>.</param>
    public static int Piece(int length) => Math.Min(DeflateCodes.MaxMatch, length - DeflateCodes.MinMatch);
}
