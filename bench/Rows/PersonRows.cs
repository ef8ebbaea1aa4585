using System.Globalization;

namespace ExportFunctions.Bench.Rows;

/// <summary>What the names are written in.</summary>
internal enum Script
{
    /// <summary>Greek, English and accented Latin: one glyph a character.</summary>
    European,

    /// <summary>Arabic, whose letters join and run right to left.</summary>
    Arabic,
}

/// <summary>The rows of every benchmark: the same on every machine, in every process.</summary>
internal static class PersonRows
{
    private static readonly (string Native, string Ascii)[] European =
    [
        ("Ελένη", "eleni"), ("Γεώργιος", "georgios"), (
            "Zoë", "zoe"), ("James", "james"), ("Αικατερίνη", "aikaterini"), ("François", "francois"), ("Olivia", "olivia"),
        ("Κωνσταντίνος", "konstantinos"), (
            "Jürgen", "jurgen"), ("Søren", "soren"), ("Μαρία", "maria"), ("Dvořák", "dvorak"), ("Νικόλαος", "nikolaos"),
    ];

    private static readonly string[] EuropeanFamilies =
    [
        "Παπαδοπούλου",
        "Οικονόμου",
        "Müller-Ångström",
        "Smith",
        "Παπαγεωργίου",
        "O'Connor",
        "García Márquez",
        "Βασιλείου",
        "Nguyễn",
        "Smith, Jr.",
        "Αθανασόπουλος",
    ];

    private static readonly (string Native, string Ascii)[] Arabic =
    [
        ("محمد", "mohamed"), ("فاطمة", "fatima"), (
            "عبد الرحمن", "abdelrahman"), (
                "خديجة", "khadija"), ("يوسف", "youssef"), ("مريم", "mariam"), ("إبراهيم", "ibrahim"),
    ];

    private static readonly string[] ArabicFamilies =
        ["الخطيب", "بن عبد الله", "المصري", "الحسيني", "القرشي"];

    /// <summary>Makes rows; row 12,345 is the same whatever the count.</summary>
    /// <param name="count">How many.</param>
    /// <param name="script">What the names are written in.</param>
    public static PersonRow[] Make(int count, Script script = Script.European)
    {
        var (given, families) = script == Script.Arabic ? (Arabic, ArabicFamilies) : (European, EuropeanFamilies);
        var rows = new PersonRow[count];
        for (var i = 0; i < count; i++)
            rows[i] = MakeRow(i, given[Mix(i, 1) % given.Length], families[Mix(i, 2) % families.Length]);

        return rows;
    }

    /// <summary>Goes through the rows again and again until so many have come.</summary>
    public static IEnumerable<PersonRow> Cycle(PersonRow[] rows, long count)
    {
        var next = 0;
        for (var i = 0L; i < count; i++)
        {
            yield return rows[next];
            if (++next == rows.Length)
                next = 0;
        }
    }

    private static PersonRow MakeRow(int i, (string Native, string Ascii) given, string family) => new(
        1_000_000 + i,
        (Mix(i, 3) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture),
        given.Native,
        family,
        string.Create(CultureInfo.InvariantCulture, $"{given.Ascii}.{1_000_000 + i}@school.example"),
        new DateOnly(1985, 1, 1).AddDays(Mix(i, 4) % 8_000),
        1 + (Mix(i, 5) % 6),
        Cents((Mix(i, 6) % 1_750_000) - 250_000),
        Mix(i, 7) % 8 != 0);

    private static decimal Cents(int cents) => new(Math.Abs(cents), 0, 0, cents < 0, scale: 2);

    /// <summary>A number that looks random and follows from the position; splitmix64.</summary>
    private static int Mix(int row, int column)
    {
        var value = ((ulong)row * 16) + (ulong)column + 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)((value ^ (value >> 31)) >> 33);
    }
}
