namespace ExportFunctions.Formats;

/// <content>The options of CSV.</content>
public sealed partial record WriterOptions
{
    /// <summary>
    /// Who reads the file: people (<see cref="InjectionProfile.Safe"/>, the header holds titles) or machines
    /// (<see cref="InjectionProfile.Raw"/>, the header holds names). CSV.
    /// </summary>
    public InjectionProfile Profile { get; init; } = InjectionProfile.Safe;

    /// <summary>
    /// The character between fields: one of <c>, ; | ^ ~ ! $ % &amp;</c> and TAB; null is the culture's, else a comma. CSV.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal sign: point or comma, other than the delimiter; null is the culture's, else a point. CSV.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>
    /// Whether a byte order mark leads the file; null is yes for <see cref="InjectionProfile.Safe"/> and no for
    /// <see cref="InjectionProfile.Raw"/>. CSV.
    /// </summary>
    public bool? ByteOrderMark { get; init; }

    /// <summary>What ends a record. CSV.</summary>
    public LineEnding LineEnding { get; init; } = LineEnding.Crlf;

    /// <summary>
    /// How a null is written, never in quotes, 1 to 32 characters; null is an empty field, or <c>NULL</c> in a file of one text column. A
    /// text equal to it is quoted. CSV.
    /// </summary>
    public string? NullText { get; init; }

    /// <summary>
    /// How dates are written: a .NET custom format of <c>d dd M MM MMM MMMM yy yyyy</c> and <c>/ - . :</c> or space; null is
    /// <c>yyyy-MM-dd</c>. CSV.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>
    /// How times of day are written: a .NET custom format of <c>H HH h hh m mm s ss f…fffffff F…FFFFFFF tt</c> and the same signs; null is
    /// <c>HH:mm:ss</c>, with a fraction where there is one. CSV.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>
    /// How timestamps are written: as <see cref="DateFormat"/>, with <c>H HH h hh m mm s ss f…fffffff F…FFFFFFF tt zzz</c> and a
    /// literal <c>T</c>; null is ISO 8601 with the zone's offset. With a format the headings of timestamps name the zone. Local timestamps
    /// are written so without <c>zzz</c>. CSV.
    /// </summary>
    public string? TimestampFormat { get; init; }

    /// <summary>Which fields are in quotes. CSV.</summary>
    public FieldQuoting Quoting { get; init; } = FieldQuoting.Minimal;

    /// <summary>How the file is compressed. CSV and JSON Lines.</summary>
    public FileCompression Compression { get; init; } = FileCompression.None;
}

/// <summary>How to treat text that a spreadsheet would run as a formula.</summary>
public enum InjectionProfile
{
    /// <summary>
    /// Text and headers that begin with <c>= + - @</c>, TAB or CR are defused with an apostrophe, and so are parts of them that follow <c>,
    /// ; |</c>, TAB, a line break or the file's own delimiter; typed numbers and dates are exempt, and so are texts that are only a number.
    /// </summary>
    Safe,

    /// <summary>Text is written unchanged, for machines.</summary>
    Raw,
}

/// <summary>What ends a record.</summary>
public enum LineEnding
{
    /// <summary>CR LF, as in RFC 4180.</summary>
    Crlf,

    /// <summary>LF alone.</summary>
    Lf,
}

/// <summary>Which fields are in quotes. Nulls never are, so that they differ from texts.</summary>
public enum FieldQuoting
{
    /// <summary>Fields that need them: with a delimiter, quote or line break, and empty texts.</summary>
    Minimal,

    /// <summary>All fields.</summary>
    All,

    /// <summary>All fields except integers and decimals.</summary>
    NonNumeric,
}

/// <summary>How a file is compressed.</summary>
public enum FileCompression
{
    /// <summary>No compression.</summary>
    None,

    /// <summary>With gzip (RFC 1952), as several members one after another.</summary>
    Gzip,
}
