namespace ExportFunctions.Local.Seeding;

/// <summary>The parameters a school database was generated with, stored in its table <c>school_info</c>.</summary>
/// <param name="Students">The number of students.</param>
/// <param name="GeneratorVersion">The version of the row generator.</param>
internal readonly record struct SchoolStamp(int Students, int GeneratorVersion)
{
    /// <summary>The name of the table, which holds one row.</summary>
    public const string Table = "school_info";

    /// <summary>Increment it with every change to a table's columns or rows, so that old databases are regenerated.</summary>
    public const int CurrentGeneratorVersion = 1;

    /// <summary>The stamp of a school with this many students generated now.</summary>
    public static SchoolStamp Of(int students) => new(students, CurrentGeneratorVersion);

    /// <summary>Whether the rows match those that would be generated now.</summary>
    public bool IsCurrent => GeneratorVersion == CurrentGeneratorVersion;
}
