using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>The school's 200 courses: ten in each of twenty departments, whatever the number of students.</summary>
internal sealed class CoursesTable : SchoolTable
{
    /// <summary>The number of courses.</summary>
    public const int Count = 200;

    private const ulong RowStream = 1;
    private const int PerDepartment = 10;

    private static readonly (string Prefix, string Name)[] Departments =
    [
        ("ARCH", "Architecture"), ("ART", "Fine Arts"), ("BIO", "Biology"), ("CHEM", "Chemistry"), ("CS", "Computer Science"),
        ("ECON", "Economics"), ("EDU", "Education"), ("ENG", "Engineering"), ("GEO", "Geography"), ("GRK", "Ελληνική Φιλολογία"),
        ("HIST", "History"), ("LAW", "Law"), ("MATH", "Mathematics"), ("MED", "Medicine"), ("MUS", "Music"),
        ("NURS", "Nursing"), ("PHIL", "Philosophy"), ("PHYS", "Physics"), ("PSY", "Psychology"), ("STAT", "Statistics"),
    ];

    private static readonly string[] Titles =
    [
        "Introduction to {0}", "{0} I", "{0} II", "{0}, Applied", "Methods in {0}",
        "{0}: Laboratory & Practice", "Advanced {0}", "History of {0}", "Seminar: \"{0} Today\"", "Research in {0}",
    ];

    private static readonly string[] CodeByPosition = [.. Enumerable.Range(0, Count).Select(MakeCode)];

    public override string Name => "courses";

    public override IReadOnlyList<SchoolColumn> Columns { get; } =
    [
        new("code", ColumnType.Identifier),
        new("title", ColumnType.Text),
        new("department", ColumnType.Text),
        new("teacher", ColumnType.Text) { IsNullable = true },
        new("semester", ColumnType.Integer),
        new("credits", ColumnType.Decimal) { Scale = 1 },
        new("capacity", ColumnType.Integer) { IsNullable = true },
        new("starts_on", ColumnType.Date),
        new("is_open", ColumnType.Boolean),
    ];

    /// <summary>The code of the course at a position, from 0.</summary>
    public static string CodeOf(int position) => CodeByPosition[position];

    public override long RowCount(int students) => Count;

    public override void AddRow(RowBatch batch, long row)
    {
        var position = (int)row;
        var department = Departments[position / PerDepartment].Name;
        var random = new SeededRandom(RowStream, row);
        var teachers = Languages.Pick(ref random);

        batch.AddRow();
        batch.SetText(0, CodeOf(position));
        batch.SetText(1, string.Format(CultureInfo.InvariantCulture, Titles[position % PerDepartment], department));
        batch.SetText(2, department);
        if (!random.OneIn(20))
            batch.SetText(3, $"{random.Pick(teachers.Given).Native} {random.Pick(teachers.Family).Native}");
        batch.SetInteger(4, 1 + (position % PerDepartment));
        batch.SetDecimal(5, Decimals.OfTenths(random.Between(3, 15) * 5));
        if (!random.OneIn(10))
            batch.SetInteger(6, random.Between(2, 40) * 5);
        batch.SetDate(7, new DateOnly(2025, position % 2 == 0 ? 10 : 2, random.Between(1, 28)));
        batch.SetBoolean(8, !random.OneIn(6));
    }

    private static string MakeCode(int position) =>
        string.Create(CultureInfo.InvariantCulture, $"{Departments[position / PerDepartment].Prefix}-{100 + position % PerDepartment}");
}
