namespace ExportFunctions.Formats.Xlsx;

/// <summary>Excel's limits, from "Excel specifications and limits" (support.microsoft.com).</summary>
internal static class XlsxLimits
{
    /// <summary>Rows of a sheet, header included.</summary>
    public const int SheetRows = 1_048_576;

    /// <summary>Columns of a sheet.</summary>
    public const int SheetColumns = 16_384;

    /// <summary>UTF-16 code units of a cell's text.</summary>
    public const int CellText = 32_767;

    /// <summary>UTF-16 code units of a sheet's name.</summary>
    public const int SheetName = 31;

    /// <summary>The height of a row of one line of the default font, in points.</summary>
    public const int RowHeight = 15;

    /// <summary>Lines of a row, which is at most 409 points high.</summary>
    public const int MaxRowLines = 409 / RowHeight;

    /// <summary>Hyperlinks of a sheet.</summary>
    public const int MaxHyperlinks = 65_530;

    /// <summary>UTF-16 code units of a hyperlink's address.</summary>
    public const int MaxHyperlinkText = 2_079;

    /// <summary>The largest integer whose digits all survive: 15 of them.</summary>
    public const long MaxInteger = 999_999_999_999_999;

    /// <summary>
    /// The serial number of 1 March 1900. Excel treats 1900 as a leap year, so serial numbers and days only agree from here on.
    /// </summary>
    public const int FirstSerial = 61;

    /// <summary>The day number of serial number 0.</summary>
    public static readonly int SerialEpoch = new DateOnly(1899, 12, 30).DayNumber;

    /// <summary>The ticks of serial number 0.</summary>
    public static readonly long SerialEpochTicks = SerialEpoch * TimeSpan.TicksPerDay;

    /// <summary>The ticks of the first moment that Excel and days agree on.</summary>
    public static readonly long FirstTimestampTicks = SerialEpochTicks + (FirstSerial * TimeSpan.TicksPerDay);
}
