using System.Globalization;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>What single readers do to values, whatever program wrote them; apart from that, all is compared.</summary>
internal static class ReaderQuirks
{
    // They make one line break of the two kinds.
    private static readonly string[] OneKindOfBreak = ["NPOI", "ClosedXML", "LibreOffice"];

    // They leave _x0007_ in a text as it is, which is how a workbook holds a BEL, or only _x005F_, which keeps a text that looks like
    // that (ST_Xstring).
    private static readonly string[] KeepEscapes = ["exceljs", "exceljs stream", "gnumeric", "xlsx2csv"];
    private static readonly string[] KeepEscapedLookAlikes = [.. KeepEscapes, "ClosedXML"];

    /// <summary>Whether a reader gave a text, apart from what it is known to change.</summary>
    public static bool IsSame(string reader, string text, string read) =>
        reader == "exceljs stream" && read.Contains(
            '\uFFFD', StringComparison.Ordinal) ? IsSameButBroken(Text(reader, text), read) : Text(reader, text) == read;

    // It decodes each piece of a file by itself: a letter of several bytes on their border is lost.
    private static bool IsSameButBroken(string text, string read)
    {
        var parts = read.Split('\uFFFD', StringSplitOptions.RemoveEmptyEntries);
        return text.Length - parts.Sum(part => part.Length) is 1 or 2 && text.StartsWith(
            parts[0], StringComparison.Ordinal) && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static string Text(string reader, string text)
    {
        if (OneKindOfBreak.Contains(reader, StringComparer.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal);

        if (KeepEscapedLookAlikes.Contains(reader, StringComparer.Ordinal))
            text = text.Replace("_x0041_", "_x005F_x0041_", StringComparison.Ordinal);

        if (KeepEscapes.Contains(reader, StringComparer.Ordinal))
            text = Escape(text);

        return reader switch
        {
            // It drops what takes no room.
            "LibreOffice" => text.Replace("\u200b", "", StringComparison.Ordinal).Replace("\u2028", "", StringComparison.Ordinal),

            // It decodes what is decoded already.
            "exceljs stream" => text.Replace("&amp;", "&", StringComparison.Ordinal),
            _ => text,
        };
    }

    /// <summary>The value as a reader gives it.</summary>
    public static object Value(string reader, object value) => (reader, value) switch
    {
        // It knows times of day to the second.
        ("xlsx2csv", TimeOnly time) => new TimeOnly(time.Hour, time.Minute, time.Second),
        _ => value,
    };

    /// <summary>A number as others write it: gnumeric's minus is U+2212.</summary>
    public static string Number(string reader, string read) => reader == "gnumeric" ? read.Replace('\u2212', '-') : read;

    private static string Escape(string text) =>
        string.Concat(text.Select(sign => sign is < ' ' and not (
            '\t' or '\n' or '\r') ? string.Create(CultureInfo.InvariantCulture, $"_x{(int)sign:X4}_") : sign.ToString()));
}
