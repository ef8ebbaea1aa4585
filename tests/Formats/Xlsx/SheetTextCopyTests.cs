using System.Text;
using System.Text.Unicode;
using ExportFunctions.Formats.Xlsx;

namespace ExportFunctions.Tests.Formats.Xlsx;

public sealed class SheetTextCopyTests
{
    private const string Alphabet = "aZ9 éßΩя中\u00a0\u0000\u001f\t\n\"&'<>_=;;{}~\u007f👩\uFFFD\uFFFE?/O5";

    [Fact]
    public void Copy_TellsTheSame_AsALookAtEachByte()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = MakeText(random, i);
            var from = new byte[text.Length + SheetTextCopy.Step];
            random.NextBytes(from);
            text.CopyTo(from, 0);

            foreach (var isWide in new[] { true, false })
            {
                var to = new byte[text.Length + SheetTextCopy.Step];
                if (isWide && !System.Runtime.Intrinsics.X86.Avx2.IsSupported)
                    continue;

                var traits = isWide
                    ? SheetTextCopy.Copy<SheetTextCopy.Wide>(from.AsSpan(0, text.Length), ref to[0])
                    : SheetTextCopy.Copy<SheetTextCopy.Narrow>(from.AsSpan(0, text.Length), ref to[0]);

                Assert.Equal(Expected(text), traits);
                Assert.Equal(text, to[..text.Length]);
            }
        }
    }

    private static TextTraits Expected(byte[] text)
    {
        var isSpecial = !Utf8.IsValid(text) || text.Any(
            sign => sign is < 0x20 or (byte)'"' or (byte)'&' or (byte)'<' or (byte)'>' or (byte)'_' or 0xEF);
        return (isSpecial ? TextTraits.Special : TextTraits.None) | (text.Contains((byte)'\'') ? TextTraits.Apostrophe : TextTraits.None);
    }

    // Whole characters, every third time cut or spoilt at a byte.
    private static byte[] MakeText(Random random, int i)
    {
        var runes = Alphabet.EnumerateRunes().ToArray();
        var isPlain = random.Next(2) == 0;
        var text = Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(0, random.Next(80)).Select(_ => isPlain ? runes[random.Next(9)] : runes[random.Next(runes.Length)])));
        if (i % 3 == 0 && text.Length > 0)
            text[random.Next(text.Length)] = (byte)random.Next(256);

        return i % 7 == 0 ? text[..random.Next(text.Length + 1)] : text;
    }
}
