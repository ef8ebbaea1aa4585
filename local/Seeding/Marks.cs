namespace ExportFunctions.Local.Seeding;

/// <summary>
/// The marks from 0.0 to 10.0 that students get; apart from the grades table, because a student's average needs them too.
/// </summary>
internal static class Marks
{
    /// <summary>The courses each student takes.</summary>
    public const int PerStudent = 10;

    /// <summary>The lowest passing mark, in tenths.</summary>
    public const int Pass = 50;

    private const ulong AbilityStream = 3;
    private const ulong MarkStream = 4;

    /// <summary>A mark in tenths; null when it has not been given yet.</summary>
    /// <param name="student">The student's position, from 0.</param>
    /// <param name="place">Which of the student's courses, from 0.</param>
    public static int? TenthsOf(long student, int place)
    {
        var ability = new SeededRandom(AbilityStream, student);
        var mark = new SeededRandom(MarkStream, (student * PerStudent) + place);
        var isNewcomer = ability.OneIn(40);
        return isNewcomer || mark.OneIn(25) ? null : Math.Clamp(ability.Between(45, 90) + mark.Between(-20, 20), 0, 100);
    }

    /// <summary>The average of a student's marks, to two decimals; null when there are none.</summary>
    /// <param name="student">The student's position, from 0.</param>
    public static decimal? AverageOf(long student)
    {
        var (sum, count) = (0, 0);
        for (var place = 0; place < PerStudent; place++)
        {
            if (TenthsOf(student, place) is not { } tenths)
                continue;

            sum += tenths;
            count++;
        }

        return count == 0 ? null : Decimals.OfHundredths(((20 * sum) + count) / (2 * count));
    }
}
