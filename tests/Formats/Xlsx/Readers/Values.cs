using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>The kinds of values that the public databases hold, and those that break careless readers and writers.</summary>
internal static class Values
{
    public static readonly ColumnValues Key = new(ColumnType.Integer, (_, row) => row + 1L);
    public static readonly ColumnValues Reference = new(ColumnType.Integer, (random, _) => random.NextInt64(1, 3_000));
    public static readonly ColumnValues OptionalReference = Reference.Optional();
    public static readonly ColumnValues Year = new(ColumnType.Integer, (random, _) => random.NextInt64(1895, 2030));
    public static readonly ColumnValues Large = new(ColumnType.Integer, (random, _) => random.NextInt64(-400_000, 5_000_000));
    public static readonly ColumnValues Huge = new(ColumnType.Integer, (random, row) => row % 4 == 0 ? random.NextInt64(
        long.MinValue, long.MaxValue) : random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000));
    public static readonly ColumnValues Price = new(ColumnType.Decimal, (random, _) => random.Next(1, 100_000) / 100m) { Scale = 2 };
    public static readonly ColumnValues Balance =
        new(ColumnType.Decimal, (random, row) => row % 9 == 0 ? 0m : random.Next(-10_000_000, 10_000_000) / 10_000m) { Scale = 4 };
    public static readonly ColumnValues OwnDigits = new(
        ColumnType.Decimal,
        (random, row) => row % 5 == 0 ? random.Next(10) : new decimal(random.Next(), 0, 0, random.Next(2) == 0, (byte)random.Next(1, 10)));
    public static readonly ColumnValues LongDecimal = new(ColumnType.Decimal, (
        random, _) => WithoutLastZeros(new decimal(random.Next(), random.Next(), random.Next(), isNegative: false, (byte)random.Next(29))));
    public static readonly ColumnValues Flag = new(ColumnType.Boolean, (random, _) => random.Next(2) == 0);
    public static readonly ColumnValues OptionalFlag = Flag.Optional();
    public static readonly ColumnValues Day = new(ColumnType.Date, (random, _) => new DateOnly(1937, 9, 19).AddDays(random.Next(40_000)));
    public static readonly ColumnValues OptionalDay = Day.Optional();
    public static readonly ColumnValues AnyDay = new(
        ColumnType.Date,
        (random, row) => row % 20 == 0 ? DateOnly.MaxValue : DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)));
    public static readonly ColumnValues Moment = new(
        ColumnType.Timestamp,
        (random, row) => EndOfDay(row, new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next())));
    public static readonly ColumnValues ExactMoment = new(ColumnType.Timestamp, (random, row) => EndOfDay(
        row, new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next())).AddMilliseconds(random.Next(1000)));
    public static readonly ColumnValues LocalMoment = new(
        ColumnType.LocalTimestamp,
        (random, row) => DateTime.SpecifyKind(EndOfDay(row, new DateTime(1990, 1, 1).AddSeconds(random.Next())), DateTimeKind.Unspecified));
    public static readonly ColumnValues TimeOfDay = new(
        ColumnType.Time,
        (random, row) => row % 7 == 0 ? new TimeOnly(23, 59, 59) : new TimeOnly(random.Next(24), random.Next(60), random.Next(60)));
    public static readonly ColumnValues ExactTimeOfDay = new(ColumnType.Time, (random, row) => row % 7 == 0 ? new TimeOnly(
        23, 59, 59, 999) : new TimeOnly(random.Next(24), random.Next(60), random.Next(60), random.Next(1000)));

    public static readonly ColumnValues Name = Texts(
        "O'Reilly \"Ace\" Müller",
        "Άννα Παπαδοπούλου",
        "Zoë",
        "Łukasz Żółć",
        "François d'Étaples",
        "山田 太郎",
        "João Gonçalves",
        "AC/DC",
        "Guns N' Roses",
        "Antônio Carlos Jobim",
        "Ελένη",
        "Dvořák",
        "Ñandú",
        "von der Heide",
        "Mötley Crüe",
        "Smith & Sons <Ltd>");
    public static readonly ColumnValues OptionalName = Name.Optional();
    public static readonly ColumnValues Title = Texts(
        "ACADEMY DINOSAUR",
        "\"40\"",
        "For Those About To Rock (We Salute You)",
        "1/2 Full",
        "R=\"A1\" and r=\"A1\"",
        "dir=\"rtl\"",
        "Queso Cabrales",
        "Gumbär Gummibärchen",
        "=1+1",
        "-5",
        "@home",
        "+44",
        "1e5",
        "007",
        "TRUE",
        "2024-01-05",
        "Ωδή στη Χαρά",
        "c < d && e > f",
        "50 % off; 10, 20|30");
    public static readonly ColumnValues Letters = Texts("ALFKI", "ANATR", "PG-13", "NC-17", "G", "R", "BERGS").As(ColumnType.Identifier);
    public static readonly ColumnValues Code =
        Texts("00042", "01234", "WA1 1DP", "T6G 2C7", "00000000000000000012", "98052-6399").As(ColumnType.Identifier);
    public static readonly ColumnValues Barcode = Texts("5201234567890123456", "0000000000017", "4006381333931").As(ColumnType.Identifier);
    public static readonly ColumnValues Phone =
        Texts("+30 210 1234567", "(206) 555-9857", "-", "030-0074321", "1 (780) 428-9482").As(ColumnType.Identifier);
    public static readonly ColumnValues Email =
        Texts("andrew@chinookcorp.com", "luisg@embraer.com.br", "o'neil+tag@example.org", "ελένη@παράδειγμα.ελ");
    public static readonly ColumnValues Web =
        Texts("http://accweb/emmployees/davolio.bmp", "https://example.org/a?b=1&c=\"2\"", "www.example.org");
    public static readonly ColumnValues Address = Texts(
        "120 Hanover Sq.",
        "12 Rue de l'Abbé\nBâtiment \"C\"",
        "Av. Paulista, 2022\r\nSão Paulo",
        "Οδός Ερμού 1\n105 63 Αθήνα",
        "4110 Old Redmond Rd.");
    public static readonly ColumnValues Html = Texts(
        "<p dir=\"rtl\" class='x'>Soft drinks, <b>coffees</b> &amp; teas</p>",
        "<td r=\"B7\" s=\"3\"><c r=\"C9\" t=\"s\"><v>1</v></c></td>",
        "<a href='https://example.org/?a=1&b=2'>x</a>",
        "]]></v></c><row r=\"9\">",
        "<dir r='A1' dir='rtl'/>");
    public static readonly ColumnValues LongText =
        new(ColumnType.Text, (random, row) => string.Join(row % 2 == 0 ? " " : "\n", Enumerable.Range(0, random.Next(1, 60)).Select(
            i => string.Create(
                CultureInfo.InvariantCulture, $"A \"Fateful\" Reflection of a Waitress and a Boat, no. {i}; Ελένη's."))));
    public static readonly ColumnValues Blank = Texts("", " ", "  padded ", "\ttab", "ends with a break\n").Optional();
    public static readonly ColumnValues Awkward =
        new(
            ColumnType.Text,
            (_, row) => row < SampleRows.AwkwardTexts.Length
                ? SampleRows.AwkwardTexts[row]
                : row % 2 == 0 ? "bell\u0007 and escape\u001b" : "r='A1' dir='rtl'");

    // SQLite keeps no digits that say nothing.
    private static decimal WithoutLastZeros(decimal value) => value / 1.0000000000000000000000000000m;

    // A program that rounds what it shows would show the next day.
    private static DateTime EndOfDay(int row, DateTime time) => row % 8 == 0 ? time.Date.AddDays(1).AddSeconds(-1) : time;

    private static ColumnValues Texts(params string[] texts) => new(ColumnType.Text, (_, row) => texts[row % texts.Length]);

    private static ColumnValues As(this ColumnValues values, ColumnType type) => values with { Type = type };
}
