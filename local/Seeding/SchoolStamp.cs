namespace ExportFunctions.Local.Seeding;

/// <summary>What a school database was made with, kept in its table <c>school_info</c>.</summary>
/// <param name="Students">The number of students.</param>
/// <param name="GeneratorVersion">The version of the rows' recipe.</param>
internal readonly record struct SchoolStamp(int Students, int GeneratorVersion)
{
    /// <summary>The name of the table, which holds one row.</summary>
    public const string Table = "school_info";

    /// <summary>To be raised with every change to a table's columns or rows, so that old databases are made again.</summary>
    public const int CurrentGeneratorVersion = 1;

    /// <summary>The stamp of a school of so many students made now.</summary>
    public static SchoolStamp Of(int students) => new(students, CurrentGeneratorVersion);

    /// <summary>Whether the rows are those that would be made now.</summary>
    public bool IsCurrent => GeneratorVersion == CurrentGeneratorVersion;
}
