using System.Text;
using System.Xml.Linq;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Tests.Formats.Records;
using Sylvan.Data.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>
/// Read by programs people have: the same records in each, and no formula in a spreadsheet that is told another delimiter.
/// </summary>
[Integration]
public sealed class CsvReadersTests
{
    private const string LibreOffice = "/usr/bin/soffice";

    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Write_ReadsBackEqual_InPapaparse(char delimiter)
    {
        var layout = SampleRows.Layout(options: new WriterOptions { Profile = InjectionProfile.Raw, Delimiter = delimiter });
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, SampleRows.Awkward);

        var records = await NpmReaders.PapaparseAsync(output.ToArray(), delimiter);

        Assert.Equal(SampleRows.Awkward.Count + 1, records.Count);
        foreach (var (row, record) in SampleRows.Awkward.Zip(records.Skip(1)))
            Assert.Equal([row[0] ?? "", row[1] ?? ""], record[..2]);
    }

    [Fact]
    public async Task Write_GivesEveryReaderTheSameRecords_InAFileOfOneColumn()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        object?[][] rows = [[null], [""], ["NULL"], ["a"], [null], [" "], [""], [null]];
        var (output, _) = await SampleRows.WriteAsync(
            new CsvFormat(), SampleRows.Layout(columns, new WriterOptions { Profile = InjectionProfile.Raw }), rows);

        var expected = new[] { "x", "NULL", "", "NULL", "a", "NULL", " ", "", "NULL" };
        Assert.Equal(expected, (await NpmReaders.PapaparseAsync(output.ToArray(), ',')).Select(record => record.Single()));
        Assert.Equal(expected, await SylvanAsync(output.ToArray()));
        Assert.Equal(expected, HelperRecords(output.ToArray()));
        Assert.Equal("x\r\nNULL\r\n\"\"\r\n\"NULL\"\r\na\r\nNULL\r\n \r\n\"\"\r\nNULL\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("59")]
    [InlineData("44/59/9/124")]
    public async Task Write_GivesNoFormula_InLibreOfficeWithOtherDelimiters(string delimiters)
    {
        if (!File.Exists(LibreOffice))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "CI needs libreoffice-calc-nogui from Debian.");
            Assert.Skip("LibreOffice is not installed.");
        }

        var folder = Directory.CreateTempSubdirectory("csv").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "hostile.csv"), await HostileFileAsync());
            await File.WriteAllTextAsync(Path.Combine(folder, "control.csv"), "x;=1+1\n");

            // The delimiters, quotes, UTF-8, from row 1; numbers are seen, and formulas evaluated.
            string[] arguments =
            [
                $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}",
                "--headless",
                $"--infilter=CSV:{delimiters},34,76,1,,0,false,true,false,false,false,-1,true",
                "--convert-to",
                "fods",
                "--outdir",
                folder,
                Path.Combine(folder, "hostile.csv"), Path.Combine(folder, "control.csv"),
            ];
            await ReaderProcess.RunAsync(LibreOffice, arguments);

            Assert.Equal(["of:=1+1"], Formulas(Path.Combine(folder, "control.fods")));
            Assert.Empty(Formulas(Path.Combine(folder, "hostile.fods")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Texts of every kind, each in the first, a middle and the last field, beside numbers.
    private static async Task<byte[]> HostileFileAsync()
    {
        var texts = CsvInjectionTests.Defused.Select(row => row.Data.Item1).Concat(CsvInjectionTests.Harmless.Select(row => row.Data))
            .Concat(HostileTexts.Text.Array[1500].Single(_ => true, "0000KO2wNZH1"));
        DatasetColumn[] columns =
        [
            SampleRows.Column("a", "A", ColumnType.Text), SampleRows.Column("n", "N", ColumnType.Integer),
            SampleRows.Column("b", "B", ColumnType.Text), SampleRows.Column("c", "C", ColumnType.Text),
        ];
        var rows = texts.Where(text => !text.Contains('\0', StringComparison.Ordinal))
            .SelectMany((text, i) => new object?[][] { [text, (long)-i, "x", text], [null, -1L, text, "1+cmd|'/c calc'!A0"] });
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns), rows);
        return output.ToArray();
    }

    private static IEnumerable<string> Formulas(string path) =>
        XDocument.Load(path).Descendants(Table + "table-cell").Select(cell => (string?)cell.Attribute(Table + "formula")).OfType<string>();

    private static async Task<List<string>> SylvanAsync(byte[] file)
    {
        using var text = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        await using var reader = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',' });
        var records = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
            records.Add(reader.GetString(0));

        return records;
    }

    private static List<string> HelperRecords(byte[] file)
    {
        using var reader = CsvHelper.CsvReader.Create(
            new MemoryStream(file), new CsvHelper.CsvReaderOptions { Separator = ',', HasHeader = false }, leaveOpen: false);
        var records = new List<string>();
        while (reader.Read())
            records.Add(reader.GetString(0));

        return records;
    }
}
