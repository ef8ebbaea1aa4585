using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.Local.Seeding;

public sealed class SchoolTableTests
{
    private const int DefaultStudents = 10_000;

    [Theory]
    [InlineData("students", "36f8aee731adcaf405f6da47bdb29759de147c2b5e17cc8ed1babf879062ed5c")]
    [InlineData("courses", "c7bcfdb9d656861c6b6e84c87b1fcc169a238a5dbda79c219b0c37a7e8e4eaca")]
    [InlineData("grades", "3f5ee02ed3c36956ed3a21fc1daa1a9bd09a0638f97a7890777126e365d4c50c")]
    public void AddRow_GivesTheSameRows_OnEveryMachineAndVersion(string table, string sha256)
    {
        var count = table == "courses" ? 200 : 1_000;
        var text =
            string.Join('\n', SchoolRows.Of(table, 0, count).Select(row => string.Join('\u001F', row.Select(cell => cell ?? "\u0000"))));

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        // A change that is meant raises SchoolStamp.CurrentGeneratorVersion and brings the new hash.
        Assert.True(sha256 == hash, $"The rows of {table} hash to {hash}.");
    }

    [Theory]
    [InlineData("students")]
    [InlineData("grades")]
    public void AddRow_GivesTheSameRow_WhateverRowsCameBefore(string table)
    {
        var inOrder = SchoolRows.Of(table, 0, 500).Last();

        var alone = SchoolRows.Of(table, 499, 1).Single();

        Assert.Equal(inOrder, alone);
    }

    [Exhaustive]
    [Theory]
    [InlineData("first_name", @"\p{IsGreek}")]
    [InlineData("first_name", "^[A-Za-z]+$")]
    [InlineData("first_name", @"[\u00C0-\u024F]")]
    [InlineData("first_name", @"\p{IsCyrillic}")]
    [InlineData("first_name", @"\p{IsCJKUnifiedIdeographs}")]
    [InlineData("first_name", @"\p{IsHiragana}|\p{IsKatakana}")]
    [InlineData("first_name", @"\p{IsHangulSyllables}")]
    [InlineData("first_name", @"\p{IsArabic}")]
    [InlineData("first_name", @"\p{IsHebrew}")]
    [InlineData("first_name", "🎓")]
    [InlineData("first_name", "\"")]
    [InlineData("last_name", "'")]
    [InlineData("last_name", ",")]
    [InlineData("last_name", "^𠮷田$")]
    [InlineData("student_number", "^0{4}[0-9]{4}$")]
    [InlineData("phone", @"^\+30[0-9]+$")]
    [InlineData("national_id", "^[1-9][0-9]{16}$")]
    [InlineData("national_id", "^0[0-9]{16}$")]
    [InlineData("balance", @"^-[0-9]+\.[0-9]{2}$")]
    [InlineData("balance", @"^0\.00$")]
    [InlineData("notes", "^$")]
    [InlineData("notes", "[^\r]\n")]
    [InlineData("notes", "\r\n")]
    [InlineData("notes", ";")]
    [InlineData("notes", "^=HYPERLINK")]
    [InlineData("notes", "^@SUM")]
    [InlineData("notes", "^-5 points")]
    [InlineData("notes", @"^\+1")]
    [InlineData("notes", "^\t=")]
    [InlineData("notes", "^\r=")]
    [InlineData("notes", "^ ")]
    [InlineData("notes", " $")]
    [InlineData("notes", @"^[\s\S]{2000,}$")]
    public void Students_HoldWhatBreaksCarelessExports_WithinTheDefaultCount(string column, string pattern)
    {
        var matching = SchoolRows.Column("students", column, DefaultStudents)
            .Count(value => value is not null && Regex.IsMatch(value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

        Assert.NotEqual(0, matching);
    }

    [Theory]
    [InlineData("students", "email,gpa,city,phone,national_id,notes")]
    [InlineData("courses", "teacher,capacity")]
    [InlineData("grades", "grade,passed,graded_on,comment")]
    public void Nulls_AreInTheNullableColumnsAndNoOthers_WithinTheDefaultCount(string table, string expected)
    {
        var columns = SchoolRows.Table(table).Columns;
        var rows = SchoolRows.Of(table, 0, table == "courses" ? 200 : DefaultStudents).ToList();

        var withNulls = columns.Where((_, position) => rows.Exists(row => row[position] is null)).ToList();

        Assert.Equal(expected, string.Join(',', withNulls.Select(column => column.Name)));
        Assert.All(columns, column => Assert.Equal(withNulls.Contains(column), column.IsNullable));
    }

    [Fact]
    public void Keys_RiseFromRowToRow_SoThatTablesAreFilledInKeyOrder()
    {
        var codes = SchoolRows.Column("courses", "code", 200).ToList();
        var ids = SchoolRows.Column("grades", "id", 1_000).Select(id => int.Parse(id!, CultureInfo.InvariantCulture));

        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Equal(200, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(1, 1_000), ids);
    }

    [Fact]
    public void Grades_AreTenDifferentCoursesAStudent_AllOfThemKnown()
    {
        var codes = SchoolRows.Column("courses", "code", 200).ToHashSet();

        var grades = SchoolRows.Of("grades", 0, 1_000).GroupBy(row => row[1]).ToList();

        Assert.Equal(SchoolRows.Column("students", "student_number", 100), grades.Select(student => student.Key));
        Assert.All(grades, student => Assert.Equal(10, student.Select(row => row[2]).Distinct().Count()));
        Assert.All(grades.SelectMany(student => student), row => Assert.Contains(row[2], codes));
    }

    [Fact]
    public void Gpa_IsTheAverageOfTheStudentsGrades_OrNullWithoutAny()
    {
        var averages = SchoolRows.Column("students", "gpa", 200);

        var expected = SchoolRows.Of("grades", 0, 2_000).Chunk(10).Select(grades =>
        {
            var given =
                grades.Where(row => row[3] is not null).Select(row => decimal.Parse(row[3]!, CultureInfo.InvariantCulture)).ToList();
            return given.Count == 0 ? null : Math.Round(
                given.Average(), 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
        });

        Assert.Equal(expected, averages);
    }
}
