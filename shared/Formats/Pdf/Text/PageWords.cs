using System.Globalization;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>The page's own words in one language. Patterns have their numbers as <c>{0}</c>, <c>{1}</c> and so on.</summary>
internal sealed record PageWords
{
    private static readonly PageWords English = new()
    {
        Language = "en",
        Culture = CultureInfo.InvariantCulture,
        Page = "Page {0}",
        Total = " of {0}",
        NoRecords = "No records.",
        OneRecord = "1 record",
        Records = "{0} records",
        Created = "Created {0}",
        Times = "Times are in {0}",
        Filter = "Filter: {0}",
        Sort = "Sorted by: {0}",
        Descending = "{0} (descending)",
        Columns = "columns {0} to {1} of {2}",
        Yes = "Yes",
        No = "No",
    };

    private static readonly PageWords Greek = new()
    {
        Language = "el",
        Culture = CultureInfo.GetCultureInfo("el-GR"),
        Page = "Σελίδα {0}",
        Total = " από {0}",
        NoRecords = "Δεν υπάρχουν εγγραφές.",
        OneRecord = "1 εγγραφή",
        Records = "{0} εγγραφές",
        Created = "Δημιουργήθηκε {0}",
        Times = "Ώρες στη ζώνη {0}",
        Filter = "Φίλτρο: {0}",
        Sort = "Ταξινόμηση: {0}",
        Descending = "{0} (φθίνουσα)",
        Columns = "στήλες {0} έως {1} από {2}",
        Yes = "Ναι",
        No = "Όχι",
    };

    /// <summary>The language's ISO 639 code, which the file names as that of its text.</summary>
    public required string Language { get; init; }

    /// <summary>The culture of the language: names of months, and signs where the request names no culture.</summary>
    public required CultureInfo Culture { get; init; }

    /// <summary>The number of a page.</summary>
    public required string Page { get; init; }

    /// <summary>The number of all pages, right behind that of the page.</summary>
    public required string Total { get; init; }

    /// <summary>Stands in a table without rows.</summary>
    public required string NoRecords { get; init; }

    /// <summary>The number of records when it is one.</summary>
    public required string OneRecord { get; init; }

    /// <summary>The number of records.</summary>
    public required string Records { get; init; }

    /// <summary>When the file was asked for.</summary>
    public required string Created { get; init; }

    /// <summary>The zone of the times in it.</summary>
    public required string Times { get; init; }

    /// <summary>The filter.</summary>
    public required string Filter { get; init; }

    /// <summary>The columns that the records are sorted by.</summary>
    public required string Sort { get; init; }

    /// <summary>A column with the highest values first.</summary>
    public required string Descending { get; init; }

    /// <summary>Which columns of all stand on a page.</summary>
    public required string Columns { get; init; }

    /// <summary>A true boolean.</summary>
    public required string Yes { get; init; }

    /// <summary>A false boolean.</summary>
    public required string No { get; init; }

    /// <summary>The words for the options of a request.</summary>
    /// <param name="options">The options.</param>
    public static PageWords Of(WriterOptions options) => options.Language == PageLanguage.El ? Greek : English;

    /// <summary>The culture of signs and dates: the one that the request names, else the language's.</summary>
    /// <param name="options">The options.</param>
    public static CultureInfo CultureOf(WriterOptions options) =>
        options.Culture is { } name ? CultureInfo.GetCultureInfo(name, predefinedOnly: true) : Of(options).Culture;

    /// <summary>Puts values into a pattern.</summary>
    /// <param name="pattern">One of these words.</param>
    /// <param name="values">What stands for {0}, {1} and so on.</param>
    public static string Say(string pattern, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.InvariantCulture, pattern, [.. values]);
}
