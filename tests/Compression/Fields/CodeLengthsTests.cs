using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Tests.Compression.Fields;

public sealed class CodeLengthsTests
{
    [Theory]
    [InlineData(14, 286)]
    [InlineData(14, 30)]
    [InlineData(7, 19)]
    public void Find_GivesACompleteCodeWithinTheLimit_WhateverTheCounts(int maxLength, int symbols)
    {
        var random = new Random(maxLength + symbols);
        for (var i = 0; i < 5_000; i++)
        {
            var counts = Counts(random, symbols, i % 5);
            var lengths = new byte[symbols];

            CodeLengths.Find(counts, lengths, maxLength);

            var used = lengths.Where(length => length > 0).ToArray();
            Assert.InRange(used.Max(), 1, maxLength);
            Assert.Equal(1 << maxLength, used.Sum(length => 1 << (maxLength - length)));
            Assert.All(Enumerable.Range(0, symbols), symbol => Assert.True(counts[symbol] == 0 || lengths[symbol] > 0));
            Assert.True(counts.Count(count => count > 0) < 2 || used.Length == counts.Count(count => count > 0));
        }
    }

    [Fact]
    public void Find_IsAsShortAsHuffmans_WhenTheLimitIsFarAway()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var counts = Counts(random, 60, kind: 1);
            var lengths = new byte[60];

            CodeLengths.Find(counts, lengths, maxLength: 14);

            Assert.Equal(HuffmanCost(counts), counts.Zip(lengths, (count, length) => (long)count * length).Sum());
        }
    }

    [Fact]
    public void Find_GivesRarerSymbolsNoShorterCodes()
    {
        var counts = Counts(new Random(4), 286, kind: 3);
        var lengths = new byte[286];

        CodeLengths.Find(counts, lengths, maxLength: 14);

        var byCount = Enumerable.Range(0, 286).Where(
            symbol => counts[symbol] > 0).OrderBy(symbol => counts[symbol]).ThenBy(symbol => symbol).Select(symbol => lengths[symbol]);
        Assert.Equal(byCount.OrderDescending(), byCount);
    }

    // Even, small, few, growing like Fibonacci's numbers (whose tree is the tallest), and powers.
    private static int[] Counts(Random random, int symbols, int kind)
    {
        var counts = new int[symbols];
        var (fibonacci, next) = (1, 1);
        for (var i = 0; i < symbols; i++)
        {
            counts[i] = kind switch
            {
                0 => random.Next(1000),
                1 => 1 + random.Next(50),
                2 => random.Next(symbols) < 3 ? random.Next(10) : 0,
                3 => i < 35 ? fibonacci : random.Next(2),
                _ => 1 << random.Next(20),
            };
            (fibonacci, next) = i < 35 ? (next, fibonacci + next) : (1, 1);
        }

        random.Shuffle(counts);
        return counts;
    }

    private static long HuffmanCost(int[] counts)
    {
        var queue = new PriorityQueue<long, long>(counts.Where(count => count > 0).Select(count => ((long)count, (long)count)));
        var cost = 0L;
        while (queue.Count > 1)
        {
            var sum = queue.Dequeue() + queue.Dequeue();
            cost += sum;
            queue.Enqueue(sum, sum);
        }

        return cost;
    }
}
