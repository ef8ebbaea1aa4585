using System.Text;
using System.Text.Unicode;

namespace ExportFunctions.Datasets.Values;

/// <summary>Reads integers and booleans from the texts that databases hold them as, where they can mean one thing only.</summary>
internal static class TypedText
{
    private const int MaxWordLength = 5;

    /// <summary>The text without ASCII space around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n\f\v"u8);

    /// <summary>Reads a whole number of 64 bits: <c>12</c>, <c>-7</c>, <c>12.0</c>.</summary>
    /// <param name="text">UTF-8 without space around it.</param>
    /// <param name="value">The number.</param>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;

        // The longest one has 20 characters; what is longer has zeros behind a point.
        Span<byte> room = stackalloc byte[64];
        return text.Length <= room.Length && ExactNumber.TryParse(text, room, out var number) && number.TryToInteger(out value);
    }

    /// <summary>Reads true or false: <c>true t yes y on 1</c> and <c>false f no n off 0</c>, in any letter case.</summary>
    /// <param name="text">UTF-8 without space around it.</param>
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

    /// <summary>The text with U+FFFD for what is no UTF-8; itself when there is nothing of the kind.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    /// <summary>Bytes in hexadecimal, as PostgreSQL writes them: <c>\x00ff</c>.</summary>
    public static string Hexadecimal(ReadOnlySpan<byte> bytes) => "\\x" + Convert.ToHexStringLower(bytes);
}
