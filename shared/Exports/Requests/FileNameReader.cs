using System.Buffers;
using System.Globalization;
using System.Text;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// Validates a file name chosen by a user: it must be legal on every desktop, stay in its folder, and look like what it is. The limits
/// apply to the name without the format's extension: a name accepted without it is also accepted with it, as the worker reads it again.
/// </summary>
internal static class FileNameReader
{
    /// <summary>The most characters before the format's extension.</summary>
    public const int MaxLength = 120;

    /// <summary>The most bytes in UTF-8 before the format's extension: file systems allow 255 in all.</summary>
    public const int MaxBytes = 240;

    private const string Field = "fileName";

    // When the format is unknown, so is its extension: assume one at least as long as any.
    private const int MaxExtensionLength = 16;

    private static readonly string[] DeviceNames =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. "0123456789¹²³".SelectMany(port => new[] { $"COM{port}", $"LPT{port}" }),
    ];

    private static readonly string Expected = string.Create(
        CultureInfo.InvariantCulture,
        $"Must be a name of 1 to {MaxLength} characters without control characters and \\ / : * ? \" < > |, such as \"students-2026\".");

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\/:*?\"<>|");

    /// <summary>Reads the name.</summary>
    /// <param name="fields">The request.</param>
    /// <param name="extension">The format's extension; null when the format is unknown.</param>
    /// <returns>The name with the format's extension; null when it is missing or invalid.</returns>
    public static string? Read(JsonFields fields, string? extension)
    {
        if (fields.Given(Field) is not { } value)
            return null;
        if (JsonFields.TextOf(value) is not { } given)
        {
            fields.Fail(Field, Expected);
            return null;
        }

        var isWhole = extension is null || given.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
        var name = isWhole ? given : given + Missing(given, extension!);
        var extensionLength = extension?.Length ?? Math.Min(MaxExtensionLength, Math.Max(name.Length - 1, 0));
        if (FaultOf(given, name[..^extensionLength]) is not { } fault)
            return name;

        fields.Fail(Field, fault);
        return null;
    }

    private static string? FaultOf(string given, string stem) => given switch
    {
        _ when stem.Length is 0 or > MaxLength || given.AsSpan().ContainsAny(Forbidden) || given.Any(char.IsControl) || !IsUnicode(given) =>
            Expected,
        _ when Encoding.UTF8.GetByteCount(stem) > MaxBytes =>
            $"Must have at most {MaxBytes} bytes in UTF-8, which desktops allow for a name.",
        _ when FileNameSigns.FindInvisible(given) is { } sign => FormattableString.Invariant(
            $"Must not have signs that are invisible or change the direction of writing, such as U+{sign.Value:X4}: it would show as another name."),
        _ when IsDevice(given) => "Must not be the name of a Windows device, such as CON, NUL or COM1.",
        _ when IsEdge(given[0]) || IsEdge(given[^1]) => "Must not begin or end with a dot or a space.",
        _ => null,
    };

    // "students.csv" only lacks the ".gz" of ".csv.gz".
    private static string Missing(string name, string extension)
    {
        var last = extension.LastIndexOf('.');
        return last > 0 && name.EndsWith(extension[..last], StringComparison.OrdinalIgnoreCase) ? extension[last..] : extension;
    }

    // Windows also ignores spaces before the first dot.
    private static bool IsDevice(string name) => DeviceNames.Contains(name.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase);

    private static bool IsEdge(char sign) => sign == '.' || char.IsWhiteSpace(sign);

    private static bool IsUnicode(string name)
    {
        for (var i = 0; i < name.Length;)
        {
            if (!Rune.TryGetRuneAt(name, i, out var rune))
                return false;
            i += rune.Utf16SequenceLength;
        }

        return true;
    }
}
