using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Copies a text and detects what needs a second look, 32 bytes at a time: nearly all texts take one step and need nothing.
/// </summary>
internal static class SheetTextCopy
{
    /// <summary>The bytes of a step: so many are read behind the text's beginning, and written, however short it is.</summary>
    public const int Step = 32;

    // A byte means something when a bit is set in both tables: in one under its low four bits, in the other under its high four. Control
    // characters are a bit of their own; so are the quotes and the ampersand, the apostrophe, the angle brackets, and the two bytes that
    // end in F.
    private const byte Control = 1;
    private const byte Quote = 2;
    private const byte Apostrophe = 4;
    private const byte Angle = 8;
    private const byte EndsInF = 16;

    private static readonly Vector128<byte> Low = Vector128.Create(
        Control, Control, Control | Quote, Control, Control, Control, Control | Quote, Control | Apostrophe,
        Control, Control, Control, Control, Control | Angle, Control, Control | Angle, Control | EndsInF);

    private static readonly Vector128<byte> High = Vector128.Create(
        Control, Control, Quote | Apostrophe, Angle, 0, EndsInF, 0, 0, 0, 0, 0, 0, 0, 0, EndsInF, 0);

    /// <summary>Copies a text.</summary>
    /// <param name="text">The text; <see cref="Step"/> bytes behind its end can be read.</param>
    /// <param name="to">Room for the text and <see cref="Step"/> bytes.</param>
    /// <returns>What it holds.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextTraits Copy(ReadOnlySpan<byte> text, ref byte to) =>
        Avx2.IsSupported ? Copy<Wide>(text, ref to) : Copy<Narrow>(text, ref to);

    /// <summary>As <see cref="Copy(ReadOnlySpan{byte}, ref byte)"/>, in a way of the caller's choice.</summary>
    /// <typeparam name="TBlock">How a step is done.</typeparam>
    public static TextTraits Copy<TBlock>(ReadOnlySpan<byte> text, ref byte to)
        where TBlock : struct, IBlock
    {
        ref var from = ref MemoryMarshal.GetReference(text);
        var traits = TextTraits.None;
        var open = 0u;
        for (var i = 0; i < text.Length; i += Step)
        {
            // What lies behind the text is copied, too, and masked here.
            var count = Math.Min(Step, text.Length - i);
            var mask = uint.MaxValue >> (Step - count);
            var (special, apostrophes, high) = TBlock.Copy(
                ref Unsafe.Add(ref from, i), ref Unsafe.Add(ref to, i), out var first, out var second);
            if (((special | apostrophes) & mask) != 0)
                traits |= ((special & mask) == 0 ? TextTraits.None : TextTraits.Special) | (
                    (apostrophes & mask) == 0 ? TextTraits.None : TextTraits.Apostrophe);

            high &= mask;
            if (high == 0 && open == 0)
                continue;

            // Latin, Greek, Cyrillic and Hebrew take two bytes a character: C2 to DF, then 80 to BF. Each first one opens the next place.
            (first, second) = (first & mask, second & mask);
            if (high != (first | second) || second != (((first << 1) | open) & mask))
                traits |= TextTraits.Unproven;

            open = (first >> (count - 1)) & 1;
        }

        var isProven = open == 0 && (traits & TextTraits.Unproven) == TextTraits.None;
        return (traits & ~TextTraits.Unproven) | (isProven || Utf8.IsValid(text) ? TextTraits.None : TextTraits.Special);
    }

    /// <summary>Copies 32 bytes and says where which are: a bit for each.</summary>
    internal interface IBlock
    {
        /// <summary>Copies.</summary>
        /// <param name="from">32 bytes.</param>
        /// <param name="to">Room for 32 bytes.</param>
        /// <param name="first">First bytes of characters of two: C2 to DF.</param>
        /// <param name="second">Further bytes of characters: 80 to BF.</param>
        /// <returns>Bytes that need escaping or may, apostrophes, and those past ASCII.</returns>
        static abstract (uint Special, uint Apostrophes, uint High) Copy(ref byte from, ref byte to, out uint first, out uint second);
    }

    /// <summary>All at once.</summary>
    internal readonly struct Wide : IBlock
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (uint Special, uint Apostrophes, uint High) Copy(ref byte from, ref byte to, out uint first, out uint second)
        {
            var bytes = Vector256.LoadUnsafe(ref from);
            bytes.StoreUnsafe(ref to);
            var nibble = Vector256.Create((byte)0x0F);
            var kinds = Avx2.Shuffle(Vector256.Create(Low, Low), bytes & nibble)
                & Avx2.Shuffle(Vector256.Create(High, High), (bytes.AsUInt16() >>> 4).AsByte() & nibble);
            var apostrophes = Vector256.Equals(kinds, Vector256.Create(Apostrophe));
            var other = ~(Vector256.Equals(kinds, Vector256<byte>.Zero) | apostrophes);
            first = Vector256.LessThan(bytes - Vector256.Create((byte)0xC2), Vector256.Create((byte)0x1E)).ExtractMostSignificantBits();
            second = Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)-64)).ExtractMostSignificantBits();
            return (other.ExtractMostSignificantBits(), apostrophes.ExtractMostSignificantBits(), bytes.ExtractMostSignificantBits());
        }
    }

    /// <summary>In two halves, as Arm64 and processors without AVX2 do.</summary>
    internal readonly struct Narrow : IBlock
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (uint Special, uint Apostrophes, uint High) Copy(ref byte from, ref byte to, out uint first, out uint second)
        {
            var (special, apostrophes, high) = CopyHalf(ref from, ref to, out first, out second);
            var (specialBehind, apostrophesBehind, highBehind) = CopyHalf(
                ref Unsafe.Add(ref from, Step / 2), ref Unsafe.Add(ref to, Step / 2), out var firstBehind, out var secondBehind);
            first |= firstBehind << 16;
            second |= secondBehind << 16;
            return (special | (specialBehind << 16), apostrophes | (apostrophesBehind << 16), high | (highBehind << 16));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (uint Special, uint Apostrophes, uint High) CopyHalf(ref byte from, ref byte to, out uint first, out uint second)
        {
            var bytes = Vector128.LoadUnsafe(ref from);
            bytes.StoreUnsafe(ref to);
            var nibble = Vector128.Create((byte)0x0F);
            var kinds =
                Vector128.ShuffleNative(Low, bytes & nibble) & Vector128.ShuffleNative(High, (bytes.AsUInt16() >>> 4).AsByte() & nibble);
            var apostrophes = Vector128.Equals(kinds, Vector128.Create(Apostrophe));
            var other = ~(Vector128.Equals(kinds, Vector128<byte>.Zero) | apostrophes);
            first = Vector128.LessThan(bytes - Vector128.Create((byte)0xC2), Vector128.Create((byte)0x1E)).ExtractMostSignificantBits();
            second = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)-64)).ExtractMostSignificantBits();
            return (other.ExtractMostSignificantBits(), apostrophes.ExtractMostSignificantBits(), bytes.ExtractMostSignificantBits());
        }
    }
}
