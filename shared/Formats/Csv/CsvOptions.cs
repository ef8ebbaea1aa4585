using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Csv;

/// <summary>Reads and cross-checks the options of CSV.</summary>
internal static class CsvOptions
{
    /// <summary>The options.</summary>
    public static readonly WriterOption[] All =
    [
        WriterOption.OneOf<InjectionProfile>("profile", ["csv"], (options, choice) => options with { Profile = choice }),
        new("culture", ["csv", "pdf"], "Must be a culture whose decimal sign is a point or a comma, such as \"el-GR\".", (options, value) =>
            CultureOf(value) is { } culture ? options with { Culture = culture } : null),
        new("delimiter", ["csv"], "Must be one of , ; | ^ ~ ! $ % & and a tab, such as \";\" or \"\\t\".", (options, value) =>
            WriterOption.OneOf(value, Delimiters) is { } delimiter ? options with { Delimiter = delimiter } : null),
        new("decimalSeparator", ["csv"], "Must be a point or a comma, such as \".\".", (options, value) =>
            WriterOption.OneOf(value, ".,") is { } sign ? options with { DecimalSeparator = sign } : null),
        WriterOption.Flag("byteOrderMark", ["csv"], (options, flag) => options with { ByteOrderMark = flag }),
        WriterOption.OneOf<LineEnding>("lineEnding", ["csv"], (options, choice) => options with { LineEnding = choice }),
        new("nullText", ["csv"], CsvNullText.Expected, (options, value) =>
            CsvNullText.Read(value) is { } text ? options with { NullText = text } : null),
        new("dateFormat", ["csv"], CsvPattern.Date.Expected, (options, value) =>
            CsvPattern.Date.Read(value) is { } format ? options with { DateFormat = format } : null),
        new("timeFormat", ["csv"], CsvPattern.Time.Expected, (options, value) =>
            CsvPattern.Time.Read(value) is { } format ? options with { TimeFormat = format } : null),
        new("timestampFormat", ["csv"], CsvPattern.Timestamp.Expected, (options, value) =>
            CsvPattern.Timestamp.Read(value) is { } format ? options with { TimestampFormat = format } : null),
        WriterOption.OneOf<FieldQuoting>("quoting", ["csv"], (options, choice) => options with { Quoting = choice }),
        WriterOption.OneOf<FileCompression>("compression", ["csv", "jsonl"], (options, choice) => options with { Compression = choice }),
    ];

    private static readonly string[] Together = ["options.culture", "options.delimiter", "options.decimalSeparator", "options.nullText"];

    // Characters that no number, date or boolean contains, so that only texts need to be searched for them; # is excluded, since some
    // readers start a comment at it.
    private const string Delimiters = ",;\t|^~!$%&";

    /// <summary>The character between fields.</summary>
    public static char DelimiterOf(WriterOptions options) =>
        options.Delimiter ?? (options.Culture is { } culture && SignOf(culture) == ',' ? ';' : ',');

    /// <summary>The decimal sign.</summary>
    public static char DecimalSignOf(WriterOptions options) =>
        options.DecimalSeparator ?? (options.Culture is { } culture ? SignOf(culture) : '.');

    /// <summary>Checks that the options are consistent, unless one of them is invalid by itself.</summary>
    public static void CheckTogether(WriterOptions options, FieldErrors errors)
    {
        if (errors.ByField.Keys.Any(field => Together.Contains(field, StringComparer.Ordinal)))
            return;

        var delimiter = DelimiterOf(options);
        if (delimiter == DecimalSignOf(options))
            errors.Add(FieldOf(options), MessageOf(options));

        if (options.NullText?.Contains(delimiter, StringComparison.Ordinal) == true)
            errors.Add("options.nullText", $"Must not hold the delimiter, which is {(delimiter == '\t' ? "a tab" : $"\"{delimiter}\"")}.");
    }

    private static string FieldOf(WriterOptions options) =>
        options.DecimalSeparator is null ? "options.delimiter" : "options.decimalSeparator";

    private static string MessageOf(WriterOptions options) => options switch
    {
        { DecimalSeparator: null } =>
            $"Must differ from the decimal sign, which is a comma in {options.Culture}; leave it out, or add \"decimalSeparator\": \".\".",
        { Delimiter: null } =>
            "Must differ from the delimiter, which is a comma unless options.delimiter says otherwise; add \"delimiter\": \";\".",
        _ => "Must differ from options.delimiter.",
    };

    private static string? CultureOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 1 and <= 35 } name)
            return null;
        if (!name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-'))
            return null;

        try
        {
            return SignOf(name) is '.' or ',' ? name : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    // Not the user's own settings, nor a culture synthesized from a well-formed name.
    private static char SignOf(string culture) =>
        CultureInfo.GetCultureInfo(culture, predefinedOnly: true).NumberFormat.NumberDecimalSeparator is [var sign] ? sign : '\0';
}
