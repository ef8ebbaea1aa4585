using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Datasets;

/// <summary>One record with a column of every type, and its dataset; small value sets make filters hit.</summary>
internal sealed record SampleRow(
    long Id, string? Name, string? Code, long? Points, decimal? Grade, bool? Active, DateOnly? Born, DateTime? Seen)
{
    public static Dataset Dataset { get; } = Of("school", ["samples"]);

    public static Dataset Of(string source, string[]? table, string? query = null)
    {
        DatasetColumn[] columns =
        [
            Column("id", ColumnType.Integer), Column("name", ColumnType.Text), Column("code", ColumnType.Identifier),
            Column("points", ColumnType.Integer), Column("grade", ColumnType.Decimal), Column("active", ColumnType.Boolean),
            Column("born", ColumnType.Date), Column("seen", ColumnType.Timestamp),
        ];
        return new Dataset
        {
            Name = "samples",
            Title = "Samples",
            Source = source,
            Table = table,
            Query = query,
            Key = [columns[0]],
            Columns = columns,
        };
    }

    public static SampleRow[] Make(int count)
    {
        var random = new Random(7);
        T? Maybe<T>(T value)
            where T : struct => random.Next(6) == 0 ? null : value;
        string? Text(string[] values) => random.Next(6) == 0 ? null : values[random.Next(values.Length)];

        return [.. Enumerable.Range(1, count).Select(id => new SampleRow(
            id, Text(Names), Text(Codes), Maybe(PointValues[random.Next(PointValues.Length)]), Maybe(Grades[random.Next(Grades.Length)]),
            Maybe(random.Next(2) == 0), Maybe(Dates[random.Next(Dates.Length)]), Maybe(Times[random.Next(Times.Length)])))];
    }

    public static string[] Names { get; } =
    [
        "Ελένη",
        "ελένη",
        "Ana",
        "ana",
        "ANA",
        "O'Brien",
        "100%",
        "a_b",
        "axb",
        "",
        " ",
        "\\",
        "*?[a]",
        "李雷",
        "👩‍🎓",
        "\uffee",
        "line\nbreak",
        "Zoë",
        "%"
    ];

    public static string[] Codes { get; } = ["007", "7", "0070", "A-1", "a-1", "12345678901234567890"];

    public static long[] PointValues { get; } = [long.MinValue, -1, 0, 1, 7, 42, long.MaxValue];

    public static decimal[] Grades { get; } = [-0.5m, 0, 0.1m, 7, 7.25m, 7.3m, 10, 123456789.125m];

    public static DateOnly[] Dates { get; } = [new(1999, 12, 31), new(2000, 1, 1), new(2000, 2, 29), new(2010, 6, 1)];

    public static DateTime[] Times { get; } =
    [
        Utc("2025-12-31T23:59:59.9990000"), Utc("2026-01-01T00:00:00.0000000"), Utc("2026-01-01T00:00:10.0000000"),
        Utc("2026-01-01T00:00:10.5000000"),
        Utc("2026-01-01T00:00:10.5000010"),
        Utc("2026-01-01T10:00:00.0000000"),
        Utc("2026-01-01T10:10:00.0000000"),
    ];

    public object? Value(string column) => column switch
    {
        "id" => Id,
        "name" => Name,
        "code" => Code,
        "points" => Points,
        "grade" => Grade,
        "active" => Active,
        "born" => Born,
        "seen" => Seen,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static DateTime Utc(string text) =>
        DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None) is var time ? DateTime.SpecifyKind(
            time, DateTimeKind.Utc) : default;

    private static DatasetColumn Column(string name, ColumnType type) =>
        new() { Name = name, Title = char.ToUpperInvariant(name[0]) + name[1..], Type = type, SqlName = $"{name}_c\"ol" };
}
