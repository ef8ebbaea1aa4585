using System.Text.RegularExpressions;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Tests.Formats.Slices;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed partial class ExcelLinkTests
{
    private static readonly DatasetColumn[] Columns =
    [
        SampleRows.Column("mail", "Mail", ColumnType.Text) with { Link = ColumnLink.Email },
        SampleRows.Column("page", "Page", ColumnType.Text) with { Link = ColumnLink.Url },
    ];

    private static readonly WriterOptions Hyperlinks = new() { Hyperlinks = true };

    [Theory]
    [InlineData(ColumnLink.Email, "eleni@example.org", "mailto:eleni@example.org")]
    [InlineData(ColumnLink.Email, "o'neil+a b@example.org", null)]
    [InlineData(ColumnLink.Email, "a&b%c@example.org", "mailto:a%26b%25c@example.org")]
    [InlineData(ColumnLink.Email, "Ελένη <eleni@example.org>", null)]
    [InlineData(ColumnLink.Email, "nobody", null)]
    [InlineData(ColumnLink.Url, "https://example.org/a b?x=\"1\"&y=<2>", "https://example.org/a%20b?x=%221%22&y=%3C2%3E")]
    [InlineData(ColumnLink.Url, "www.example.org", "http://www.example.org/")]
    [InlineData(ColumnLink.Url, "javascript:alert(1)", null)]
    [InlineData(ColumnLink.Url, "file:///etc/passwd", null)]
    [InlineData(ColumnLink.Url, "example.org", null)]
    [InlineData(ColumnLink.Url, "", null)]
    public void Of_MakesAnAddress_OnlyOfWhatIsOne(ColumnLink link, string text, string? address)
    {
        Assert.Equal(address, LinkAddress.Of(link, System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Write_MakesHyperlinks_WhenAsked(bool references, bool table)
    {
        object?[][] rows = [["a@example.org", "https://example.org/?a=1&b=\"2\""], ["none", null], ["=b@example.org", "www.example.org"]];

        var (bytes, warnings) = await Workbooks.WriteAsync(
            rows, SampleRows.Layout(Columns, Hyperlinks with { CellReferences = references, Table = table }, rowsExpected: 3));

        Assert.Empty(warnings);
        Assert.Equal(
            [("A2", "mailto:a@example.org"), ("B2", "https://example.org/?a=1&b=%222%22"), ("B4", "http://www.example.org/")],
            await LinksAsync(bytes, 1));
        Assert.Equal(
            rows.SelectMany(row => row).Select(value => (string?)value),
            (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows.Skip(1).SelectMany(row => row).Select(cell => cell.Value));
    }

    [Fact]
    public async Task Write_MakesNone_UnlessAsked()
    {
        var (bytes, _) = await Workbooks.WriteAsync([["a@example.org", "www.example.org"]], SampleRows.Layout(Columns, rowsExpected: 1));

        Assert.DoesNotContain("hyperlink", await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_CountsAddresses_PastWhatASheetTakes()
    {
        var rows = Enumerable.Range(0, 40_000).Select(i => new object?[] { $"a{i}@example.org", $"http://example.org/{i}" });

        var (bytes, warnings) =
            await Workbooks.WriteAsync(rows, SampleRows.Layout(Columns, Hyperlinks, rowsExpected: 40_000), sheetRows: 39_001);

        Assert.Equal(XlsxLimits.MaxHyperlinks, (await LinksAsync(bytes, 1)).Count);
        Assert.Equal(2 * 1000, (await LinksAsync(bytes, 2)).Count);
        Assert.Equal(
            (2 * 39_000) - XlsxLimits.MaxHyperlinks,
            warnings.Where(warning => warning.Code == "hyperlinks_left_out").Sum(warning => warning.Count));
    }

    [Fact]
    public async Task Slices_HaveHyperlinksAndTablesOfTheirOwn()
    {
        IReadOnlyList<object?[]> first = [["a@example.org", null]], second = [[null, null], ["b@example.org", "www.example.org"]];

        var (bytes, _) =
            await SlicedFiles.WriteAsync(new ExcelFormat(), SampleRows.Layout(Columns, Hyperlinks with { Table = true }), [first, second]);

        Assert.Equal([], Workbooks.FaultsOf(bytes));
        Assert.Equal([("A2", "mailto:a@example.org")], await LinksAsync(bytes, 1));
        Assert.Equal([("A3", "mailto:b@example.org"), ("B3", "http://www.example.org/")], await LinksAsync(bytes, 100_001));
        Assert.Equal(["Table1", "Table2"], (await OpenPyxl.ReadAsync(bytes)).Sheets.Select(sheet => Assert.Single(sheet.Tables).Name));
    }

    private static async Task<List<(string Cell, string Address)>> LinksAsync(byte[] workbook, int sheet)
    {
        var addresses = Relationship().Matches(await Workbooks.PartAsync(workbook, $"xl/worksheets/_rels/sheet{sheet}.xml.rels"))
            .ToDictionary(
                match => match.Groups["id"].Value,
                match => System.Net.WebUtility.HtmlDecode(match.Groups["target"].Value),
                StringComparer.Ordinal);
        return [.. Hyperlink().Matches(await Workbooks.PartAsync(workbook, $"xl/worksheets/sheet{sheet}.xml")).Select(
            match => (match.Groups["cell"].Value, addresses[match.Groups["id"].Value]))];
    }

    [GeneratedRegex(
        "<Relationship Id=\"(?<id>[^\"]+)\" Type=\"[^\"]+/hyperlink\" Target=\"(?<target>[^\"]+)\" TargetMode=\"External\"/>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Relationship();

    [GeneratedRegex(
        "<hyperlink ref=\"(?<cell>[A-Z0-9]+)\" r:id=\"(?<id>[^\"]+)\"/>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hyperlink();
}
