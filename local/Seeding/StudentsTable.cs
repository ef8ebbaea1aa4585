using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>The students: every column type, and text in many scripts.</summary>
internal sealed class StudentsTable : SchoolTable
{
    /// <summary>The digits of a student number, leading zeros included.</summary>
    public const int NumberDigits = 8;

    private const ulong RowStream = 2;
    private const int CurrentYear = 2025;

    public override string Name => "students";

    public override IReadOnlyList<SchoolColumn> Columns { get; } =
    [
        new("id", ColumnType.Integer),
        new("student_number", ColumnType.Identifier),
        new("first_name", ColumnType.Text),
        new("last_name", ColumnType.Text),
        new("email", ColumnType.Text) { IsNullable = true },
        new("birth_date", ColumnType.Date),
        new("enrolled_at", ColumnType.Timestamp),
        new("year", ColumnType.Integer),
        new("gpa", ColumnType.Decimal) { Scale = 2, IsNullable = true },
        new("balance", ColumnType.Decimal) { Scale = 2 },
        new("is_active", ColumnType.Boolean),
        new("city", ColumnType.Text) { IsNullable = true },
        new("phone", ColumnType.Identifier) { IsNullable = true },
        new("national_id", ColumnType.Identifier) { IsNullable = true },
        new("notes", ColumnType.Text) { IsNullable = true },
    ];

    /// <summary>Writes the number of the student at a position, from 0, into <see cref="NumberDigits"/> characters.</summary>
    public static void WriteNumber(Span<char> number, long student) =>
        (student + 1).TryFormat(number, out _, "D8", CultureInfo.InvariantCulture);

    public override long RowCount(int students) => students;

    public override void AddRow(RowBatch batch, long row)
    {
        var random = new SeededRandom(RowStream, row);
        var naming = Languages.Pick(ref random);

        batch.AddRow();
        batch.SetInteger(0, row + 1);
        SetPerson(batch, row, naming, ref random);
        SetStudies(batch, row, ref random);
        SetContact(batch, naming, ref random);
        SetNote(batch, ref random);
    }

    private static void SetPerson(RowBatch batch, long row, Naming naming, ref SeededRandom random)
    {
        var given = random.Pick(naming.Given);
        var family = random.Pick(naming.Family);
        Span<char> text = stackalloc char[96];

        WriteNumber(text, row);
        batch.SetText(1, text[..NumberDigits]);
        batch.SetText(2, random.OneIn(1_000) ? given.Native + " 🎓" : given.Native);
        batch.SetText(3, family.Native);
        if (random.OneIn(50))
            return;

        text.TryWrite(CultureInfo.InvariantCulture, $"{given.Ascii}.{family.Ascii}.{row + 1}@school.example", out var length);
        batch.SetText(4, text[..length]);
    }

    private static void SetStudies(RowBatch batch, long row, ref SeededRandom random)
    {
        var year = random.Between(1, 6);
        var firstDay = new DateTime(CurrentYear + 1 - year, 9, 1, 0, 0, 0, DateTimeKind.Utc);
        var age = random.OneIn(500) ? random.Between(60, 90) : random.OneIn(12) ? random.Between(23, 45) : random.Between(17, 20);

        batch.SetDate(5, new DateOnly(firstDay.Year - age, 1, 1).AddDays(random.Below(365)));
        batch.SetTimestamp(6, firstDay.AddSeconds(random.Below(60 * 86_400)));
        batch.SetInteger(7, year);
        if (Marks.AverageOf(row) is { } average)
            batch.SetDecimal(8, average);
        batch.SetDecimal(9, random.OneIn(3) ? 0.00m : Decimals.OfHundredths(random.Between(-250_000, 1_500_000)));
        batch.SetBoolean(10, !random.OneIn(8));
    }

    private static void SetContact(RowBatch batch, Naming naming, ref SeededRandom random)
    {
        Span<char> text = stackalloc char[24];
        if (!random.OneIn(25))
            batch.SetText(11, random.Pick(naming.Cities));

        if (!random.OneIn(20))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"{naming.PhonePrefix}{random.Below(100_000_000):D8}", out var length);
            batch.SetText(12, text[..length]);
        }

        // More digits than a double holds exactly, sometimes with leading zeros.
        if (!random.OneIn(7))
        {
            var leading = random.OneIn(10) ? random.Below(100) : random.Below(100_000_000);
            text.TryWrite(CultureInfo.InvariantCulture, $"{leading:D8}{random.Below(1_000_000_000):D9}", out var length);
            batch.SetText(13, text[..length]);
        }
    }

    private static void SetNote(RowBatch batch, ref SeededRandom random)
    {
        var kind = random.Below(4_000);
        if (kind == 0)
            batch.SetText(14, Remarks.Long(ref random));
        else if (kind <= 80)
            batch.SetText(14, random.Pick(Remarks.Awkward));
        else if (kind <= 1_200)
            batch.SetText(14, random.Pick(Remarks.OnStudents));
    }
}
