namespace ExportFunctions.Local.Seeding;

/// <summary>Makes decimals from whole numbers of their smallest unit, keeping the scale.</summary>
internal static class Decimals
{
    /// <summary>85 becomes 8.5.</summary>
    public static decimal OfTenths(int value) => new(Math.Abs(value), 0, 0, value < 0, 1);

    /// <summary>850 becomes 8.50.</summary>
    public static decimal OfHundredths(int value) => new(Math.Abs(value), 0, 0, value < 0, 2);
}
