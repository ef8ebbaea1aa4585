using ExportFunctions.Formats.Records;

namespace ExportFunctions.Tests.Formats.Records;

public sealed class OrdinaryBytesTests
{
    private static readonly byte[] Special = [0, (byte)'"', (byte)',', (byte)'\r', (byte)'\n', (byte)';', (byte)'|'];

    private readonly OrdinaryBytes _ordinary = new(Special);

    [Fact]
    public void CopyReadable_CopiesAndFindsSpecialBytes_WhereverTheyStand()
    {
        for (var length = 0; length <= 100; length++)
        {
            var text = Enumerable.Range(0, length).Select(i => (byte)(0x80 + i)).ToArray();
            Assert.True(IsOrdinary(text), $"{length} bytes");
            for (var at = 0; at < length; at++)
            {
                var special = text.ToArray();
                special[at] = Special[at % Special.Length];
                Assert.False(IsOrdinary(special), $"{length} bytes, special at {at}");
            }
        }
    }

    // What stands behind the text is special, and no part of it.
    private bool IsOrdinary(byte[] text)
    {
        byte[] readable = [.. text, .. Enumerable.Repeat((byte)',', OrdinaryBytes.Step)];
        var (inStep, inTurn) = (new byte[readable.Length], new byte[text.Length]);

        var isOrdinary = _ordinary.CopyReadable(readable.AsSpan(0, text.Length), ref inStep[0]);
        var isOrdinaryToo = _ordinary.Copy(text, inTurn);

        Assert.Equal(text, inStep[..text.Length]);
        Assert.Equal(text, inTurn);
        Assert.Equal(isOrdinaryToo, isOrdinary);
        return isOrdinary;
    }
}
