using System.Buffers;
using System.Text;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>Checks a file name that a user chose, so that it is legal on every desktop and can't leave its folder.</summary>
internal static class FileNameReader
{
    private const int MaxLength = 120;
    private const int MaxBytes = 240;
    private static readonly string[] DeviceNames =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(port => new[] { $"COM{port}", $"LPT{port}" })];
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\/:*?\"<>|");

    public static string? Read(JsonElement body, string field, string? extension, FieldErrors errors)
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } name)
        {
            errors.Add(field, "Must be a text such as \"students-2026\".");
            return null;
        }

        if (name.Length is 0 or > MaxLength || name.AsSpan().ContainsAny(Forbidden) || name.Any(char.IsControl) || HasLoneSurrogate(name))
        {
            errors.Add(field, $"Must have 1 to {MaxLength} characters, none of them a control character or one of \\ / : * ? \" < > |.");
            return null;
        }

        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            errors.Add(field, $"Must have at most {MaxBytes} bytes in UTF-8, which desktops allow for a name.");
            return null;
        }

        if (DeviceNames.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(field, "Must not be the name of a Windows device, such as CON, NUL or COM1.");
            return null;
        }

        if (name[0] is '.' or ' ' || name[^1] is '.' or ' ')
        {
            errors.Add(field, "Must not begin or end with a dot or a space.");
            return null;
        }

        return extension is null || name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? name : name + Missing(name, extension);
    }

    // "students.csv" lacks only the ".gz" of ".csv.gz".
    private static string Missing(string name, string extension)
    {
        var last = extension.LastIndexOf('.');
        return last > 0 && name.EndsWith(extension[..last], StringComparison.OrdinalIgnoreCase) ? extension[last..] : extension;
    }

    private static bool HasLoneSurrogate(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
