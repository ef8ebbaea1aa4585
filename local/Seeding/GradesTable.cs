using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// Ten grades per student, in different courses. Students and courses are referenced by the numbers that people know them by, so that an
/// export of the table needs no join, at any size.
/// </summary>
internal sealed class GradesTable : SchoolTable
{
    private const ulong RowStream = 5;
    private const ulong CourseStream = 6;

    // Steps coprime to the 200 courses: ten steps never reach the same course twice.
    private static readonly int[] Steps = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23];

    private static readonly DateTime FirstTerm = new(2022, 1, 10, 0, 0, 0, DateTimeKind.Utc);

    public override string Name => "grades";

    public override IReadOnlyList<SchoolColumn> Columns { get; } =
    [
        new("id", ColumnType.Integer),
        new("student_number", ColumnType.Identifier),
        new("course_code", ColumnType.Identifier),
        new("grade", ColumnType.Decimal) { Scale = 1, IsNullable = true },
        new("passed", ColumnType.Boolean) { IsNullable = true },
        new("graded_on", ColumnType.Date) { IsNullable = true },
        new("updated_at", ColumnType.Timestamp),
        new("comment", ColumnType.Text) { IsNullable = true },
    ];

    public override long RowCount(int students) => (long)students * Marks.PerStudent;

    public override void AddRow(RowBatch batch, long row)
    {
        var (student, place) = ((long, int))Math.DivRem(row, Marks.PerStudent);
        var random = new SeededRandom(RowStream, row);
        var updatedAt = FirstTerm.AddSeconds(random.Below(4 * 365 * 86_400));
        Span<char> number = stackalloc char[StudentsTable.NumberDigits];
        StudentsTable.WriteNumber(number, student);

        batch.AddRow();
        batch.SetInteger(0, row + 1);
        batch.SetText(1, number);
        batch.SetText(2, CourseOf(student, place));
        if (Marks.TenthsOf(student, place) is { } tenths)
        {
            batch.SetDecimal(3, Decimals.OfTenths(tenths));
            batch.SetBoolean(4, tenths >= Marks.Pass);
            batch.SetDate(5, DateOnly.FromDateTime(updatedAt).AddDays(-random.Below(14)));
        }

        batch.SetTimestamp(6, updatedAt);
        if (random.Below(100) < 15)
            batch.SetText(7, random.Pick(random.OneIn(50) ? Remarks.Awkward : Remarks.OnGrades));
    }

    private static string CourseOf(long student, int place)
    {
        var random = new SeededRandom(CourseStream, student);
        return CoursesTable.CodeOf((random.Below(CoursesTable.Count) + (place * random.Pick(Steps))) % CoursesTable.Count);
    }
}
