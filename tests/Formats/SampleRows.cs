using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats;

/// <summary>
/// Rows with one column of every type, made from boxed values, so that tests can compare what a reader finds with what went in.
/// </summary>
internal static class SampleRows
{
    public static readonly DateTimeOffset CreatedAt = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    /// <summary>Texts that break careless writers.</summary>
    public static readonly string[] AwkwardTexts =
    [
        "plain", "", " ", "  padded  ", "\ttab first", "comma, semicolon; pipe| and tab\t", "say \"hello\"", "\"", "\"\"", "line\nbreak",
        "carriage\r\nreturn",
        "ends with a break\n",
        "=1+1",
        "+30 210 1234567",
        "-5",
        "@SUM(A1)",
        "=HYPERLINK(\"http://example.org\",\"x\")",
        "'quoted",
        "007",
        "1e5",
        "TRUE",
        "2026-02-30",
        "Ελένη Παπαδοπούλου",
        "Zoë Müller-Ångström",
        "山田太郎",
        "שלום עולם",
        "مرحبا بالعالم",
        "नमस्ते",
        "สวัสดี",
        "👩‍🎓 and 𝒳",
        "e\u0301 combining",
        "\u200bzero width",
        "\u00a0no-break",
        "<tag attr='x'>&amp; ]]>",
        "\\ back\\slash",
        "_x0041_",
        "\u2028line separator",
    ];

    /// <summary>One column of every type, in the order of <see cref="ColumnType"/>.</summary>
    public static readonly DatasetColumn[] Columns =
    [
        Column("name", "Name", ColumnType.Text),
        Column("code", "Student number", ColumnType.Identifier),
        Column("credits", "Credits", ColumnType.Integer),
        Column("average", "Average", ColumnType.Decimal, scale: 2),
        Column("active", "Active", ColumnType.Boolean),
        Column("born", "Born", ColumnType.Date),
        Column("updated_at", "Updated at", ColumnType.Timestamp),
    ];

    /// <summary>The awkward texts, each beside typed values that reach the extremes, with a row of nulls at the end.</summary>
    public static IReadOnlyList<object?[]> Awkward { get; } = MakeAwkward();

    public static DatasetColumn Column(
        string name, string title, ColumnType type, int? scale = 0, double? width = null, string? format = null) =>
        new() { Name = name, Title = title, Type = type, SqlName = name, Scale = scale, Width = width, NumberFormat = format };

    public static FileLayout Layout(
        IReadOnlyList<DatasetColumn>? columns = null,
        WriterOptions? options = null,
        TimeZoneInfo? zone = null,
        long rowsExpected = 0,
        string title = "Students") => new()
        {
            Title = title,
            Columns = columns ?? Columns,
            RowsExpected = rowsExpected,
            CreatedAt = CreatedAt,
            TimeZone = zone ?? TimeZoneInfo.Utc,
            Options = options ?? new WriterOptions(),
        };

    /// <summary>Ordinary rows of <see cref="Columns"/>, the same for the same number.</summary>
    public static IEnumerable<object?[]> Ordinary(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return
            [
                string.Create(CultureInfo.InvariantCulture, $"Παπαδοπούλου, Ελένη {i}"),
                (i % 100000).ToString("D6", CultureInfo.InvariantCulture),
                (long)(i % 240),
                decimal.Round((i % 1000) / 100m, 2),
                i % 7 == 0 ? null : i % 2 == 0,
                new DateOnly(2000, 1, 1).AddDays(i % 3000),
                new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i),
            ];
        }
    }

    /// <summary>
    /// Puts rows into batches: strings, longs, decimals, booleans, <see cref="DateOnly"/>s, <see cref="TimeOnly"/>s,
    /// <see cref="DateTime"/>s (UTC unless the column is local) and nulls. A string in a typed column is one that its type can't hold.
    /// </summary>
    public static IEnumerable<RowBatch> Batches(
        IEnumerable<object?[]> rows, IReadOnlyList<DatasetColumn>? columns = null, int capacity = RowBatch.DefaultCapacity)
    {
        var batch = new RowBatch([.. (columns ?? Columns).Select(column => column.Type)], capacity);
        foreach (var row in rows)
        {
            Add(batch, row);
            if (batch.IsFull)
            {
                yield return batch;
                batch.Clear();
            }
        }

        if (batch.Count > 0)
            yield return batch;
    }

    public static void Add(RowBatch batch, IReadOnlyList<object?> row)
    {
        batch.AddRow();
        for (var i = 0; i < row.Count; i++)
        {
            switch (row[i])
            {
                case null: break;
                case string text when batch.Columns[i] is ColumnType.Text or ColumnType.Identifier: batch.SetText(i, text); break;
                case string unfit: batch.SetUnfit(i, Encoding.UTF8.GetBytes(unfit)); break;
                case long number: batch.SetInteger(i, number); break;
                case decimal number: batch.SetDecimal(i, number); break;
                case bool value: batch.SetBoolean(i, value); break;
                case DateOnly date: batch.SetDate(i, date); break;
                case TimeOnly time: batch.SetTime(i, time); break;
                case DateTime local when batch.Columns[i] == ColumnType.LocalTimestamp: batch.SetLocalTimestamp(i, local); break;
                case DateTime instant: batch.SetTimestamp(i, instant); break;
                default: throw new ArgumentException($"No column type takes a {row[i]!.GetType().Name}.", nameof(row));
            }
        }
    }

    /// <summary>Writes a whole file and returns its output and warnings.</summary>
    public static async Task<(AsyncOnlyStream Output, IReadOnlyCollection<ExportWarning> Warnings)> WriteAsync(
        IFileFormat format, FileLayout layout, IEnumerable<object?[]> rows, bool keep = true, int capacity = RowBatch.DefaultCapacity)
    {
        var output = new AsyncOnlyStream(keep);
        await using var writer = format.CreateWriter(output, layout);
        foreach (var batch in Batches(rows, layout.Columns, capacity))
            await writer.WriteAsync(batch, CancellationToken.None);

        await writer.CompleteAsync(CancellationToken.None);
        return (output, writer.Warnings);
    }

    private static List<object?[]> MakeAwkward()
    {
        long[] integers = [0, 1, -1, 999_999_999_999_999, -999_999_999_999_999, 1_000_000_000_000_000, long.MaxValue, long.MinValue];
        decimal[] decimals = [0m, 0.01m, -0.01m, 9.99m, 1234567890123.45m, -99999999999999.99m, 79228162514264337593543950335m, 0.1m];
        DateOnly[] dates = [new(2026, 2, 28), new(2024, 2, 29), new(1900, 3, 1), new(1900, 2, 28), DateOnly.MinValue, DateOnly.MaxValue];
        DateTime[] instants =
        [
            new(2026, 3, 29, 0, 59, 59, DateTimeKind.Utc),
            new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc),
            new(2026, 10, 25, 0, 30, 0, DateTimeKind.Utc),
            new(2026, 10, 25, 1, 30, 0, DateTimeKind.Utc),
            new DateTime(1999, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(9_990_000),
            new(1850, 1, 1, 12, 0, 0, DateTimeKind.Utc),
        ];

        var rows = new List<object?[]>();
        for (var i = 0; i < AwkwardTexts.Length; i++)
        {
            rows.Add(
            [
                AwkwardTexts[i],
                i % 3 == 0 ? AwkwardTexts[^(i + 1)] : new StringBuilder("00").Append(i.ToString(CultureInfo.InvariantCulture)).ToString(),
                integers[i % integers.Length],
                decimals[i % decimals.Length],
                i % 2 == 0,
                dates[i % dates.Length],
                instants[i % instants.Length],
            ]);
        }

        rows.Add([null, null, null, null, null, null, null]);
        return rows;
    }
}
