using System.Text;

namespace ExportFunctions.Formats.Csv;

/// <summary>The options of a request as bytes, defaults filled in.</summary>
/// <param name="options">The options, checked.</param>
internal sealed class CsvDialect(FormatOptions options)
{
    public InjectionProfile Profile { get; } = options.Profile;

    public byte Delimiter { get; } = (byte)CsvOptions.DelimiterOf(options);

    public byte DecimalSign { get; } = (byte)CsvOptions.DecimalSignOf(options);

    public bool HasMark { get; } = options.ByteOrderMark ?? options.Profile == InjectionProfile.Safe;

    public byte[] LineEnd { get; } = options.LineEnding == LineEnding.Lf ? [(byte)'\n'] : [(byte)'\r', (byte)'\n'];

    public byte[] NullText { get; } = Encoding.UTF8.GetBytes(options.NullText ?? "");

    /// <summary>A .NET custom format; null is ISO 8601.</summary>
    public string? DateFormat { get; } = options.DateFormat;

    /// <summary>A .NET custom format; null is ISO 8601.</summary>
    public string? TimestampFormat { get; } = options.TimestampFormat;

    public FieldQuoting Quoting { get; } = options.Quoting;
}
