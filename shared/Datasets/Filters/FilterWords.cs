using System.Globalization;
using System.Text;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Says a filter in plain English with the columns' titles, for the title block of a file.</summary>
internal static class FilterWords
{
    /// <summary>The most characters of a description, the ellipsis included.</summary>
    public const int Longest = 500;

    private const int MostListed = 20;

    /// <summary>The filter in words, such as <c>Grade is at least 7 and (City contains "Αθ" or City is empty)</c>; cut at 500 characters.</summary>
    /// <param name="filter">The filter.</param>
    public static string Describe(Filter filter)
    {
        var words = new StringBuilder();
        Add(words, filter, Nesting.Top);
        if (words.Length <= Longest)
            return words.ToString();

        var end = char.IsHighSurrogate(words[Longest - 2]) ? Longest - 2 : Longest - 1;
        return words.ToString(0, end) + "…";
    }

    private enum Nesting
    {
        Top,
        Inner,
    }

    private static void Add(StringBuilder words, Filter filter, Nesting nesting)
    {
        // Long filters are cut anyway.
        if (words.Length > Longest)
            return;

        switch (filter)
        {
            case AllOf all:
                AddParts(words, all.Parts, " and ", nesting);
                break;
            case AnyOf any:
                AddParts(words, any.Parts, " or ", nesting);
                break;
            case Not { Part: Comparison { Operator: FilterOperator.IsNull } empty }:
                words.Append(empty.Column.Title).Append(" is not empty");
                break;
            case Not not:
                words.Append("not (");
                Add(words, not.Part, Nesting.Top);
                words.Append(')');
                break;
            case Comparison comparison:
                AddComparison(words, comparison);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    private static void AddParts(StringBuilder words, IReadOnlyList<Filter> parts, string conjunction, Nesting nesting)
    {
        if (parts.Count == 1)
        {
            Add(words, parts[0], nesting);
            return;
        }

        words.Append(nesting == Nesting.Inner ? "(" : "");
        for (var i = 0; i < parts.Count; i++)
        {
            words.Append(i == 0 ? "" : conjunction);
            Add(words, parts[i], Nesting.Inner);
        }

        words.Append(nesting == Nesting.Inner ? ")" : "");
    }

    private static void AddComparison(StringBuilder words, Comparison comparison)
    {
        var isTime = comparison.Column.Type is ColumnType.Date or ColumnType.Timestamp or ColumnType.LocalTimestamp or ColumnType.Time;
        words.Append(comparison.Column.Title).Append(comparison.Operator switch
        {
            FilterOperator.Eq => " is ",
            FilterOperator.Ne => " is not ",
            FilterOperator.Lt => isTime ? " is before " : " is less than ",
            FilterOperator.Le => isTime ? " is not after " : " is at most ",
            FilterOperator.Gt => isTime ? " is after " : " is more than ",
            FilterOperator.Ge => isTime ? " is not before " : " is at least ",
            FilterOperator.In => " is one of ",
            FilterOperator.Between => " is between ",
            FilterOperator.Contains => " contains ",
            FilterOperator.StartsWith => " begins with ",
            FilterOperator.EndsWith => " ends with ",
            FilterOperator.IsNull => " is empty",
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        });

        var separator = comparison.Operator == FilterOperator.Between ? " and " : ", ";
        words.AppendJoin(separator, comparison.Values.Take(MostListed).Select(Word));
        if (comparison.Values.Count > MostListed)
            words.Append(CultureInfo.InvariantCulture, $" and {comparison.Values.Count - MostListed} more");
        words.Append(comparison.IgnoresCase ? " in any letter case" : "");
    }

    private static string Word(object value) => value switch
    {
        string text => $"\"{text}\"",
        bool yes => yes ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime { Kind: not DateTimeKind.Utc } local => local.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
