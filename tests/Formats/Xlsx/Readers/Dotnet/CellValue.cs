using System.Globalization;

namespace ExportFunctions.Tests.XlsxReaders;

/// <summary>Makes one text of a value whatever its type, so that readers can be compared.</summary>
internal static class CellValue
{
    private static readonly DateTime SerialEpoch = new(1899, 12, 30);

    public static string? Of(object? value) => value switch
    {
        null or DBNull => null,
        string text => "s:" + text,
        bool flag => flag ? "b:true" : "b:false",
        DateTime time => "d:" + time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
        TimeSpan time => Of(SerialEpoch + time),
        IConvertible number => "n:" + number.ToDouble(CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of an unknown type, {value.GetType().Name}.", nameof(value)),
    };
}
