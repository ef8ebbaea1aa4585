using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Tests.Compression.Fields;

/// <summary>A chunk and the places of its values, right or wrong.</summary>
internal sealed record RandomChunk(byte[] Content, FieldPlace[] Places, FieldShape Shape)
{
    /// <summary>The chunk as the encoder wants it.</summary>
    public byte[] Buffer { get; } = [.. new byte[FieldEncoder.Slack], .. Content, .. new byte[FieldEncoder.Slack]];
}

/// <summary>Chunks of all shapes, each made of its seed.</summary>
internal static class RandomChunks
{
    private const int Shapes = 9;

    /// <summary>Makes a chunk.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="maxBytes">About the most bytes.</param>
    public static RandomChunk Make(int seed, int maxBytes = 20_000)
    {
        var random = new Random(seed);
        var length = random.Next(4) == 0 ? random.Next(200) : random.Next(maxBytes);
        return (seed % Shapes) switch
        {
            0 => Unplaced(random, RandomBytes(random, length)),
            1 => Unplaced(random, Runs(random, length)),
            2 => Unplaced(random, Fibonacci(random, length)),
            3 => Wrong(random, Rows(random, length, columns: 1 + random.Next(12), references: false)),
            4 => Rows(random, length, columns: 1 + random.Next(400), references: random.Next(2) == 0),
            5 => Rows(random, length, columns: random.Next(3) == 0 ? 16_384 : 1, references: random.Next(2) == 0),
            _ => Rows(random, length, columns: 1 + random.Next(20), references: random.Next(2) == 0),
        };
    }

    private static RandomChunk Unplaced(Random random, byte[] content) =>
        random.Next(2) == 0 ? new RandomChunk(
            content, [], FieldShape.None) : Wrong(random, new RandomChunk(content, [], new FieldShape(4, hasEnds: true)));

    private static byte[] RandomBytes(Random random, int length)
    {
        var content = new byte[length];
        random.NextBytes(content);
        return content;
    }

    // Long runs of one byte, the longest of matches.
    private static byte[] Runs(Random random, int length)
    {
        var content = new byte[length];
        for (var i = 0; i < length;)
        {
            var run = Math.Min(length - i, random.Next(3) == 0 ? random.Next(100_000) : random.Next(600));
            content.AsSpan(i, run).Fill((byte)random.Next(3));
            i += run + 1;
        }

        return content;
    }

    // Each byte as often as the two rarer ones together: the tallest of Huffman trees.
    private static byte[] Fibonacci(Random random, int length)
    {
        var content = new byte[length];
        var (count, next, value, at) = (1, 1, 0, 0);
        while (at < length)
        {
            var run = Math.Min(count, length - at);
            content.AsSpan(at, run).Fill((byte)value++);
            at += run;
            (count, next) = (next, count + next);
        }

        random.Shuffle(content);
        return content;
    }

    // Places at random: beyond the end, over each other, in columns that there are not.
    private static RandomChunk Wrong(Random random, RandomChunk chunk)
    {
        var places = new FieldPlace[random.Next(200)];
        for (var i = 0; i < places.Length; i++)
            places[i] = new FieldPlace(
                random.Next(chunk.Shape.Columns + 2), random.Next(chunk.Content.Length + 50), random.Next(random.Next(2) == 0 ? 20 : 3000));

        return chunk with { Places = [.. chunk.Places.Concat(places).OrderBy(_ => random.Next())] };
    }

    private static RandomChunk Rows(Random random, int length, int columns, bool references)
    {
        var content = new List<byte>(length);
        var places = new List<FieldPlace>();
        var first = references ? 1 : 0;
        var nulls = random.Next(3) * 30;
        var kinds = Enumerable.Range(0, columns).Select(_ => random.Next(8)).ToArray();
        for (var row = 1 + random.Next(20_000); content.Count < length; row++)
        {
            content.AddRange(references ? "<row r=\""u8 : "<row"u8);
            if (references)
                Place(0, Text(row));

            content.AddRange(">"u8);
            for (var column = 0; column < columns && content.Count < length; column++)
            {
                if (random.Next(100) < nulls)
                    continue;

                content.AddRange(
                    Text(
                        references
                            ? $"<c r=\"{(char)('A' + (column % 26))}{row}\" s=\"{kinds[column]}\"><v>"
                            : $"<c s=\"{kinds[column]}\"><v>"));
                Place(first + column, Value(random, kinds[column], row));
                content.AddRange("</v></c>"u8);
            }

            content.AddRange("</row>"u8);
        }

        var alike = Enumerable.Range(0, first + columns).Select(
            i => i < first ? -1 : Array.LastIndexOf(kinds[..(i - first)], kinds[i - first]) is var last and >= 0 ? last + first : -1);
        return new RandomChunk(
            [.. content], [.. places], new FieldShape(first + columns, hasEnds: references, columns > 1000 ? null : [.. alike]));

        void Place(int column, byte[] value)
        {
            places.Add(new FieldPlace(column, content.Count, value.Length));
            content.AddRange(value);
        }
    }

    private static byte[] Value(Random random, int kind, int row) => kind switch
    {
        0 => Text(row * 7),
        1 => Text(random.Next(1_000_000)),
        2 => Text("name" + random.Next(6)),
        3 => Text(new string((char)('a' + random.Next(26)), random.Next(50) == 0 ? random.Next(32_768) : random.Next(30))),
        4 => RandomBytes(random, random.Next(40)),
        5 => Text("someone." + row + "@school.example"),
        6 => Text(string.Join(' ', Enumerable.Range(0, random.Next(60)).Select(_ => "word" + random.Next(40)))),
        _ => [(byte)random.Next(256)],
    };

    private static byte[] Text(object value) =>
        System.Text.Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"));
}
