using System.Globalization;
using System.Text;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Describes a filter in plain words with column titles, for the title block of a file.</summary>
internal static class FilterWords
{
    /// <summary>The maximum length of a description, including the ellipsis.</summary>
    public const int MaxLength = 500;

    private const int MaxListed = 20;

    /// <summary>
    /// The filter in words, such as <c>Grade is at least 7 and (City contains "Αθ" or City is empty)</c>; truncated to 500 characters.
    /// </summary>
    /// <param name="filter">The filter.</param>
    /// <param name="vocabulary">The language; English by default.</param>
    public static string Describe(Filter filter, FilterVocabulary? vocabulary = null)
    {
        var words = new StringBuilder();
        Add(words, filter, Nesting.Top, vocabulary ?? FilterVocabulary.English);
        if (words.Length <= MaxLength)
            return words.ToString();

        var end = char.IsHighSurrogate(words[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return words.ToString(0, end) + "…";
    }

    private enum Nesting
    {
        Top,
        Inner,
    }

    private static void Add(StringBuilder words, Filter filter, Nesting nesting, FilterVocabulary language)
    {
        // Long filters are truncated anyway.
        if (words.Length > MaxLength)
            return;

        switch (filter)
        {
            case AllOf all:
                AddParts(words, all.Parts, language.And, nesting, language);
                break;
            case AnyOf any:
                AddParts(words, any.Parts, language.Or, nesting, language);
                break;
            case Not { Part: Comparison { Operator: FilterOperator.IsNull } empty }:
                words.Append(empty.Column.Title).Append(language.IsNotEmpty);
                break;
            case Not not:
                words.Append(language.Not).Append('(');
                Add(words, not.Part, Nesting.Top, language);
                words.Append(')');
                break;
            case Comparison comparison:
                AddComparison(words, comparison, language);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    private static void AddParts(
        StringBuilder words, IReadOnlyList<Filter> parts, string conjunction, Nesting nesting, FilterVocabulary language)
    {
        if (parts.Count == 1)
        {
            Add(words, parts[0], nesting, language);
            return;
        }

        words.Append(nesting == Nesting.Inner ? "(" : "");
        for (var i = 0; i < parts.Count; i++)
        {
            words.Append(i == 0 ? "" : conjunction);
            Add(words, parts[i], Nesting.Inner, language);
        }

        words.Append(nesting == Nesting.Inner ? ")" : "");
    }

    private static void AddComparison(StringBuilder words, Comparison comparison, FilterVocabulary language)
    {
        words.Append(comparison.Column.Title).Append(Relation(comparison, language));
        var separator = comparison.Operator == FilterOperator.Between ? language.And : ", ";
        words.AppendJoin(separator, comparison.Values.Take(MaxListed).Select(value => Word(value, language)));
        if (comparison.Values.Count > MaxListed)
            words.AppendFormat(CultureInfo.InvariantCulture, language.More, comparison.Values.Count - MaxListed);
        words.Append(comparison.IgnoresCase ? language.InAnyCase : "");
    }

    private static string Relation(Comparison comparison, FilterVocabulary language)
    {
        var isClock = comparison.Column.Type is ColumnType.Date or ColumnType.Timestamp or ColumnType.LocalTimestamp or ColumnType.Time;
        return comparison.Operator switch
        {
            FilterOperator.Eq => language.Is,
            FilterOperator.Ne => language.IsNot,
            FilterOperator.Lt => isClock ? language.IsBefore : language.IsLess,
            FilterOperator.Le => isClock ? language.IsNotAfter : language.IsAtMost,
            FilterOperator.Gt => isClock ? language.IsAfter : language.IsMore,
            FilterOperator.Ge => isClock ? language.IsNotBefore : language.IsAtLeast,
            FilterOperator.In => language.IsOneOf,
            FilterOperator.Between => language.IsBetween,
            FilterOperator.Contains => language.Contains,
            FilterOperator.StartsWith => language.BeginsWith,
            FilterOperator.EndsWith => language.EndsWith,
            FilterOperator.IsNull => language.IsEmpty,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    private static string Word(object value, FilterVocabulary language) => value switch
    {
        string text => $"\"{text}\"",
        bool yes => yes ? language.True : language.False,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime { Kind: not DateTimeKind.Utc } local => local.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
