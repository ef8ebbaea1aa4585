namespace ExportFunctions.Local.Seeding;

/// <summary>How the people of one language are named, where they live and how their phone numbers begin.</summary>
/// <param name="Given">First names.</param>
/// <param name="Family">Last names.</param>
/// <param name="Cities">Cities, in the same script.</param>
/// <param name="PhonePrefix">The country code and the first digits of a mobile number.</param>
internal sealed record Naming(PersonName[] Given, PersonName[] Family, string[] Cities, string PhonePrefix);

/// <summary>A name in its own script and in the letters of an e-mail address.</summary>
internal readonly record struct PersonName(string Native, string Ascii)
{
    /// <summary>Parses "native ascii" pairs separated by bars; spaces within a native name are written as underscores.</summary>
    public static PersonName[] Read(string pairs) =>
    [
        .. pairs.Split('|').Select(pair => pair.Split(' ')).Select(parts => new PersonName(parts[0].Replace('_', ' '), parts[1])),
    ];
}
