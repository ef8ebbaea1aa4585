using System.Globalization;
using System.IO.Compression;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Tests.Compression.Fields;

/// <summary>
/// What is compressed by places reads back as it was, whatever it is. DEFLATE_STREAMS sets how many streams are tried, and DEFLATE_SEED
/// the first
/// seed: a run of an hour takes millions.
/// </summary>
public sealed class FieldEncoderTests
{
    private const int StreamsInCi = 2_000;

    private static readonly int Streams = Setting("DEFLATE_STREAMS", StreamsInCi);
    private static readonly int FirstSeed = Setting("DEFLATE_SEED", 1);

    [Exhaustive]
    [Fact]
    public void Encode_ReadsBack_WhateverTheChunk() => Parallel.For(0, Streams, i =>
    {
        var chunk = RandomChunks.Make(FirstSeed + i);
        var width = (ComparisonWidth)(i % 3);

        using var encoder = new FieldEncoder(chunk.Shape, width);
        var own = encoder.Encode(chunk.Buffer, chunk.Places, learned: null, out var made).ToArray();

        // And with codes that were made of another chunk.
        var other = RandomChunks.Make(FirstSeed + i + 9, maxBytes: 3000);
        var learned = encoder.Encode(other.Buffer, [], made, out _).ToArray();

        Assert.True(chunk.Content.AsSpan().SequenceEqual(Inflate(own)), $"Seed {FirstSeed + i} does not read back.");
        Assert.True(
            other.Content.AsSpan().SequenceEqual(Inflate(learned)),
            $"Seed {FirstSeed + i + 9} does not read back with codes of another chunk.");
    });

    [Fact]
    public void Encode_GivesTheSameBytes_HoweverManyAreComparedAtOnce()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var chunk = RandomChunks.Make(seed);

            var outputs = Enum.GetValues<ComparisonWidth>().Select(width => Encode(chunk, width)).ToArray();

            Assert.Equal(outputs[0], outputs[1]);
            Assert.Equal(outputs[0], outputs[2]);
        }
    }

    [Fact]
    public void Encode_GivesTheSameBytes_WhateverTheEncoderDidBefore()
    {
        var chunk = RandomChunks.Make(8);
        using var used = new FieldEncoder(chunk.Shape);
        for (var seed = 0; seed < 20; seed++)
        {
            var other = RandomChunks.Make(seed);
            used.Encode(other.Buffer, [], learned: null, out _);
        }

        var after = used.Encode(chunk.Buffer, chunk.Places, learned: null, out _).ToArray();

        Assert.Equal(Encode(chunk, width: null), after);
    }

    [Fact]
    public void Encode_JoinsIntoOneStream_WithCodesThatAreLearned()
    {
        using var encoder = new FieldEncoder(RandomChunks.Make(8).Shape);
        var history = new TableHistory();
        using var stream = new MemoryStream();
        var content = new List<byte>();
        for (var i = 0; i < 60; i++)
        {
            // Rows of one kind, then of another: codes fit for a while.
            var chunk = RandomChunks.Make(i < 30 ? 8 + (9 * i) : 9 * i);
            content.AddRange(chunk.Content);
            stream.Write(encoder.Encode(chunk.Buffer, [], history.OfferNext(), out var made));
            history.Take(made);
        }

        var back = Inflate(stream.ToArray());

        Assert.Equal(content.ToArray(), back);
    }

    [Fact]
    public void Encode_TakesWhatIsOffered_WhenItFits()
    {
        var chunk = RandomChunks.Make(8, maxBytes: 200_000);
        using var encoder = new FieldEncoder(chunk.Shape);
        encoder.Encode(chunk.Buffer, chunk.Places, learned: null, out var made);

        encoder.Encode(chunk.Buffer, chunk.Places, made, out var madeAgain);

        Assert.NotNull(made);
        Assert.Null(madeAgain);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public void Encode_ReadsBack_WhenAllBytesAreEqual(int length)
    {
        var chunk = new RandomChunk([.. Enumerable.Repeat((byte)'x', length)], [], FieldShape.None);

        Assert.Equal(chunk.Content, Inflate(Encode(chunk, width: null)));
    }

    [Fact]
    public void Encode_RefusesAChunk_ThatIsTooLong()
    {
        using var encoder = new FieldEncoder(FieldShape.None);
        var buffer = new byte[FieldEncoder.MaxChunkBytes + (2 * FieldEncoder.Slack) + 1];

        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(buffer, [], learned: null, out _));
    }

    private static byte[] Encode(RandomChunk chunk, ComparisonWidth? width)
    {
        using var encoder = new FieldEncoder(chunk.Shape, width);
        return encoder.Encode(chunk.Buffer, chunk.Places, learned: null, out _).ToArray();
    }

    private static byte[] Inflate(byte[] chunks)
    {
        using var stream = new DeflateStream(new MemoryStream([.. chunks, 3, 0]), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
