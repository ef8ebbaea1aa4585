namespace ExportFunctions.Bench.Rows;

/// <summary>A row as an ordinary program would hold it: nine typed columns. What every peer is given, made outside the timing.</summary>
internal sealed record PersonRow(
    long Id,
    string StudentNumber,
    string FirstName,
    string LastName,
    string Email,
    DateOnly BirthDate,
    int Year,
    decimal Balance,
    bool IsActive)
{
    /// <summary>The column headings, in order.</summary>
    public static IReadOnlyList<string> Titles { get; } =
        ["ID", "Student number", "First name", "Last name", "E-mail", "Date of birth", "Year", "Balance", "Active"];

    /// <summary>The date for the many libraries that know no <see cref="DateOnly"/>; kept, so that converting costs them nothing.</summary>
    public DateTime BirthDay { get; } = BirthDate.ToDateTime(TimeOnly.MinValue);
}
