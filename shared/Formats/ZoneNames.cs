namespace ExportFunctions.Formats;

/// <summary>Validates time zone names.</summary>
internal static class ZoneNames
{
    private const int MaxLength = 64;

    /// <summary>True for an IANA name that this machine knows. Windows names are refused: they resolve on some machines only.</summary>
    /// <param name="name">The name, which may be anything.</param>
    public static bool IsZone(string name) =>
        name.Length is > 0 and <= MaxLength && IsPlain(name)
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    // The system looks zones up as files; a path must not reach it.
    private static bool IsPlain(string name) =>
        char.IsAsciiLetter(name[0]) && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '_' or '-' or '+');
}
