namespace ExportFunctions.Problems;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    private const int MaxComparedLength = 64;

    /// <summary>A name as echoed in a response: truncated after 64 characters, with an ellipsis.</summary>
    /// <param name="given">The name as it was written.</param>
    public static string Shown(string given) =>
        given.Length <= MaxComparedLength
            ? given
            : $"{given.AsSpan(0, char.IsHighSurrogate(given[MaxComparedLength - 1]) ? MaxComparedLength - 1 : MaxComparedLength)}…";

    /// <summary>The end of a sentence about an unknown name: <c>; did you mean "x"?</c>, or a full stop when no name is near.</summary>
    /// <param name="given">The name as it was written.</param>
    /// <param name="known">The names that exist.</param>
    public static string Suggest(string given, IEnumerable<string> known) =>
        Find(given, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : ".";

    /// <summary>The known name with the fewest edits, at most two and at most a third of its length; null when there is none.</summary>
    /// <param name="given">The name as it was written.</param>
    /// <param name="known">The names that exist.</param>
    public static string? Find(string given, IEnumerable<string> known)
    {
        if (given.Length > MaxComparedLength)
            return null;

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in known)
        {
            if (name.Length > MaxComparedLength)
                continue;

            var distance = Distance(given.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance <= MaxEdits(name) && distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }

        return best;
    }

    // Two edits cover a swapped pair of letters, but would turn any short word into any other.
    private static int MaxEdits(string name) => name.Length <= 3 ? 1 : Math.Max(2, name.Length / 3);

    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[MaxComparedLength + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
