using System.Text;
using System.Text.Unicode;

namespace ExportFunctions.Datasets.Values;

/// <summary>Parses integers and booleans that databases store as text, where the meaning is unambiguous.</summary>
internal static class TypedText
{
    private const int MaxWordLength = 5;

    /// <summary>Trims ASCII white space.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n\f\v"u8);

    /// <summary>Reads a whole number of 64 bits: <c>12</c>, <c>-7</c>, <c>12.0</c>.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="value">The number.</param>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;

        // The longest integer has 20 characters; anything longer has zeros after a point.
        Span<byte> room = stackalloc byte[64];
        return text.Length <= room.Length && ExactNumber.TryParse(text, room, out var number) && number.TryToInteger(out value);
    }

    /// <summary>Reads true or false: <c>true t yes y on 1</c> and <c>false f no n off 0</c>, in any letter case.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="value">What it says.</param>
    public static bool TryReadBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = false;
        Span<byte> lower = stackalloc byte[MaxWordLength];
        if (text.Length > lower.Length || Ascii.ToLower(text, lower, out var length) != System.Buffers.OperationStatus.Done)
            return false;

        lower = lower[..length];
        value = lower.SequenceEqual("1"u8) || lower.SequenceEqual("t"u8) || lower.SequenceEqual("true"u8)
            || lower.SequenceEqual("y"u8) || lower.SequenceEqual("yes"u8) || lower.SequenceEqual("on"u8);
        return value || lower.SequenceEqual("0"u8) || lower.SequenceEqual("f"u8) || lower.SequenceEqual("false"u8)
            || lower.SequenceEqual("n"u8) || lower.SequenceEqual("no"u8) || lower.SequenceEqual("off"u8);
    }

    /// <summary>The text with invalid UTF-8 replaced by U+FFFD; unchanged if there is none.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    /// <summary>Formats bytes in hexadecimal, as PostgreSQL does: <c>\x00ff</c>.</summary>
    public static string Hexadecimal(ReadOnlySpan<byte> bytes) => "\\x" + Convert.ToHexStringLower(bytes);
}
