using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>What every source must make of texts, whatever its engine: letter case left aside, and the orders of languages.</summary>
internal static class TextContract
{
    private const int ValuesAtOnce = ComparisonReader.MaxValues;

    private static readonly string[] Letters =
    [
        "a", "Z", "Σ", "σ", "ς", "Ά", "Α\u0301", "ω", "İ", "I", "ı", "i", "ß", "ẞ", "Æ", "æ", "ǅ", "ﬁ", "Ё", "ё", "Ա", "ა", "Ა", "𐐀",
        "\u0345", "\u00AD", "'", " ", ".", "-", "1", "李", "👩‍🎓",
    ];

    private static readonly string[] Words =
    [
        "Zoë", "zoé", "Zoe", "zoo", "ångström", "Aachen", "aarhus", "Ähre", "ahre", "öl", "Olaf", "Łódź", "lodz", "Ødegård", "odessa",
        "côte", "coté", "cote", "côté", "peña", "pena", "peñb", "Ελένη", "ΕΛΕΝΗ", "ελενη", "Έλενα", "Αθήνα", "αθηνα", "Ωμέγα", "ωμεγα",
        "Ζωή", "Ήρα", "ηρα", "Ιάσων", "ϊος", "Ёлка", "елка", "Жук", "ялта", "10", "9", "1a", "-", "_x", "a b", "ab", "a-b", "李雷", "王芳",
        "あい", "アイ", "",
    ];

    public static Dataset Dataset { get; } = Of("words");

    public static DatasetColumn Word { get; } = Dataset.Columns[1];

    public static RowQuery All { get; } = new() { Dataset = Dataset, Columns = Dataset.Columns };

    /// <summary>
    /// One word for each character of the first two planes, and random ones of those that are hard; each ends in a mark of its own.
    /// </summary>
    public static IReadOnlyList<string> AllCases { get; } =
        [.. Marked([.. Characters().Select(character => $"α{character}"), .. RandomWords(20_000)])];

    /// <summary>Words of many languages, those that no language tells apart among them.</summary>
    public static IReadOnlyList<string> OfManyLanguages { get; } = [.. Words, .. Words.Reverse(), .. RandomWords(2_000)];

    public static Dataset Of(string table)
    {
        var id = new DatasetColumn { Name = "id", Title = "Id", Type = ColumnType.Integer, SqlName = "id" };
        var word = new DatasetColumn { Name = "word", Title = "Word", Type = ColumnType.Text, SqlName = "word" };
        return new Dataset { Name = "words", Title = "Words", Source = "school", Table = [table], Key = [id], Columns = [id, word] };
    }

    /// <summary>Each value, folded in this process, finds its own word, folded by the source, and no other.</summary>
    public static async Task FoldsAsTheProcessAsync(IRowSource source)
    {
        for (var first = 0; first < AllCases.Count; first += ValuesAtOnce)
        {
            var some = AllCases.Skip(first).Take(ValuesAtOnce).ToList();
            var filter = new Comparison(Word, FilterOperator.In, [.. some]) { IgnoresCase = true };

            var ids = await SourceContract.IdsAsync(source, All with { Filter = filter });

            Assert.Equal(Enumerable.Range(first, some.Count).Select(id => (long)id), ids);
        }
    }

    /// <summary>The words come in the order that the runtime has for the language, and with no other.</summary>
    public static async Task SortsAsTheLanguageAsync(IRowSource source, string language, SortDirection direction)
    {
        var query = All with { Sort = [new SortKey(Word, direction) { Collation = language }] };

        var ids = await SourceContract.IdsAsync(source, query);

        var compared = Comparer<string>.Create((left, right) =>
            ReferenceQuery.CompareIn(language, left, right) is not 0 and var order ? order : FilterValues.Compare(left, right));
        var rows = OfManyLanguages.Select((word, id) => (Word: word, Id: (long)id));
        var sorted = direction == SortDirection.Ascending
            ? rows.OrderBy(row => row.Word, compared)
            : rows.OrderByDescending(row => row.Word, compared);
        Assert.Equal(sorted.ThenBy(row => row.Id).Select(row => row.Word), ids.Select(id => OfManyLanguages[(int)id]));
        Assert.Equal(sorted.ThenBy(row => row.Id).Select(row => row.Id), ids);
    }

    private static IEnumerable<string> Characters() =>
        Enumerable.Range(1, 0x1FFFF).Where(value => value is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);

    private static List<string> RandomWords(int count)
    {
        var random = new Random(17);
        string Letter(int _) => Letters[random.Next(Letters.Length)];
        return [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(Letter)))];
    }

    private static IEnumerable<string> Marked(IReadOnlyList<string> words) =>
        words.Select((word, id) => FormattableString.Invariant($"{word}.{id}"));
}
