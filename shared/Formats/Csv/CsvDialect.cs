using System.Text;

namespace ExportFunctions.Formats.Csv;

/// <summary>The options of a request as bytes, with defaults applied.</summary>
/// <param name="layout">What the file looks like; its options are checked.</param>
internal sealed class CsvDialect(FileLayout layout)
{
    private readonly WriterOptions _options = layout.Options;

    public InjectionProfile Profile => _options.Profile;

    public byte Delimiter { get; } = (byte)CsvOptions.DelimiterOf(layout.Options);

    public byte DecimalSign { get; } = (byte)CsvOptions.DecimalSignOf(layout.Options);

    public bool HasMark => _options.ByteOrderMark ?? _options.Profile == InjectionProfile.Safe;

    public byte[] LineEnd { get; } = layout.Options.LineEnding == LineEnding.Lf ? [(byte)'\n'] : [(byte)'\r', (byte)'\n'];

    public byte[] NullText { get; } = Encoding.UTF8.GetBytes(layout.Options.NullText ?? NullTextOf(layout));

    /// <summary>A .NET custom format; null is ISO 8601.</summary>
    public string? DateFormat => _options.DateFormat;

    /// <summary>A .NET custom format; null is ISO 8601.</summary>
    public string? TimeFormat => _options.TimeFormat;

    /// <summary>A .NET custom format; null is ISO 8601.</summary>
    public string? TimestampFormat => _options.TimestampFormat;

    /// <summary>The same without the offset, for local timestamps.</summary>
    public string? LocalTimestampFormat { get; } = layout.Options.TimestampFormat is { } pattern ? CsvPattern.WithoutOffset(pattern) : null;

    public FieldQuoting Quoting => _options.Quoting;

    // Most readers ignore an empty line, and "" is an empty text: in a single-column file, a null that differs from an empty text needs a
    // name. Columns of other types have no empty texts.
    private static string NullTextOf(FileLayout layout) => layout.Columns is not [var column] ? "" : column.IsText ? "NULL" : "\"\"";
}
