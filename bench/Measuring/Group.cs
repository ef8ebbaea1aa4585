namespace ExportFunctions.Bench.Measuring;

/// <summary>Contenders that do the same job. The first is the one of ours that the others are compared with.</summary>
internal sealed record Group(string Title, IReadOnlyList<Contender> Contenders)
{
    /// <summary>Those whose name, or whose group's title, contains one of the words; the first stays, for there would be no ratio without
    /// it.</summary>
    public Group? Only(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || Matches(Title, words))
            return this;

        var chosen = Contenders.Where(contender => Matches(contender.Name, words)).ToList();
        if (chosen.Count == 0)
            return null;

        return this with { Contenders = chosen.Contains(Contenders[0]) ? chosen : [Contenders[0], .. chosen] };
    }

    private static bool Matches(string name, IReadOnlyList<string> words) =>
        words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
