using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Tests.Formats.Pdf.Images;
using ExportFunctions.Tests.Formats.Slices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>What stands above and below the table: titles, sort, logo, the text at the foot.</summary>
[Integration]
public sealed class HeadTests
{
    private static readonly WriterOptions Texts = new() { Subtitle = "School year 2025–26", Footer = "For the registrar's office only" };

    [Fact]
    public async Task Write_ShowsTheTextsOfTheRequest_WithTheSortBelowTheFilter()
    {
        var layout = Layout(Texts) with { FilterInWords = "Active is Yes" };

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(layout, SampleRows.Ordinary(200)));

        Assert.Equal("Students", pages[0][0]);
        Assert.Equal("School year 2025–26", pages[0][1]);
        Assert.StartsWith("200 records", pages[0][2], StringComparison.Ordinal);
        Assert.Equal(["Filter: Active is Yes", "Sorted by: Name, Average (descending)"], pages[0][3..5]);
        Assert.All(pages, page => Assert.Equal("For the registrar's office only", page[^1]));
        Assert.All(pages.Index(), page => Assert.Equal($"Students | Page {page.Index + 1} of {pages.Count}", page.Item[^2]));
    }

    [Fact]
    public async Task Write_SaysTheSort_InTheLanguageOfThePage()
    {
        var pages =
            PdfReading.Lines(await PdfWriting.FileAsync(Layout(new WriterOptions { Language = PageLanguage.El }), SampleRows.Ordinary(3)));

        Assert.Contains("Ταξινόμηση: Name, Average (φθίνουσα)", pages[0]);
    }

    [Fact]
    public async Task Write_KeepsLongTextsOnThePaper()
    {
        var words = string.Join(' ', Enumerable.Repeat("registrar", 20));
        var layout =
            Layout(new WriterOptions { Subtitle = words, Footer = words, Orientation = PageOrientation.Portrait }) with { Title = words };

        using var document = PdfDocument.Open(await PdfWriting.FileAsync(layout, SampleRows.Ordinary(100)));

        foreach (var page in document.GetPages())
        {
            Assert.InRange(page.Letters.Max(letter => letter.EndBaseLine.X), 30, page.Width - 30);
            Assert.InRange(page.Letters.Min(letter => letter.StartBaseLine.Y), 30, page.Height - 30);
        }
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(6, true)]
    [InlineData(0, false)]
    public async Task Write_ShowsTheLogoOnce_WhereNothingElseIs(int colour, bool isRightToLeft)
    {
        using var folder = new FontFolder();
        var layout = Layout(Texts with { RightToLeft = isRightToLeft }) with
        {
            LogoFile = folder.Add("logo.png", PngFiles.Make(300, 100, colour, depth: 8)),
            Title = string.Join(' ', Enumerable.Repeat("Students", 20)),
        };

        var file = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(100));

        using var document = PdfDocument.Open(file);
        var image = Assert.Single(document.GetPage(1).GetImages());
        var (box, first) = (image.BoundingBox, document.GetPage(1));
        Assert.InRange(box.Height, 40, 45);
        Assert.Equal(3, box.Width / box.Height, 1);
        Assert.Equal(isRightToLeft, box.Right < first.Width / 2);
        Assert.DoesNotContain(first.Letters, letter => Overlaps(letter, box));
        Assert.All(document.GetPages().Skip(1), page => Assert.Empty(page.GetImages()));
        Assert.Equal(colour == 6, Encoding.Latin1.GetString(file).Contains("/SMask", StringComparison.Ordinal));
        await CheckAsync(file);
    }

    [Fact]
    public async Task Write_TakesTheDatasetsLogo_ThenTheInstallations_ThenNone()
    {
        using var folder = new FontFolder();
        var (wide, high) = (
            folder.Add("wide.png", PngFiles.Make(400, 100, colour: 2, depth: 8)),
            folder.Add("high.png", PngFiles.Make(100, 400, colour: 2, depth: 8)));
        var format = PdfWriting.Format(new PdfOptions { Logo = wide, SystemFonts = false });

        Assert.True(await ShapeOfLogoAsync(format, Layout()) > 1);
        Assert.True(await ShapeOfLogoAsync(format, Layout() with { LogoFile = high }) < 1);
        Assert.Null(await ShapeOfLogoAsync(format, Layout(new WriterOptions { Logo = false }) with { LogoFile = high }));
        Assert.Null(await ShapeOfLogoAsync(PdfWriting.Format(), Layout()));
    }

    [Fact]
    public async Task Slices_LookLikeTheWholeDocument_WithAllOfIt()
    {
        using var folder = new FontFolder();
        var rows = SampleRows.Ordinary(300).ToList();
        var layout = Layout(Texts) with
        {
            LogoFile = folder.Add("logo.png", PngFiles.Make(300, 100, colour: 6, depth: 8)),
            FilterInWords = "Active is Yes",
            RowsExpected = rows.Count,
        };

        var whole = await PdfWriting.FileAsync(layout, rows);
        var (sliced, _) = await SlicedFiles.WriteAsync(PdfWriting.Format(), layout, [rows], capacity: 1024);

        Assert.Equal(PdfReading.Lines(whole), PdfReading.Lines(sliced));
        Assert.Equal(LogoOf(whole), LogoOf(sliced));
        await CheckAsync(sliced);
    }

    [Fact]
    public async Task Slices_AreSound_WhenHostsHaveOtherFontsAndLogos()
    {
        const string Fonts = "/usr/share/fonts/opentype/noto";
        if (!Directory.Exists(Fonts))
            Assert.Skip("The package fonts-noto-cjk is not installed.");

        using var folder = new FontFolder();
        var (bare, rich) = (PdfWriting.Format(), PdfWriting.Format(new PdfOptions
        {
            FontFolders = [Fonts],
            Logo = folder.Add(
            "logo.png", PngFiles.Make(90, 90, colour: 6, depth: 8)),
            SystemFonts = false
        }));
        DatasetColumn[] columns = [SampleRows.Column("name", "Name 㐂", ColumnType.Text)];
        IReadOnlyList<object?[]>[] slices = [[["㐂 one"]], [["㐂 two"]]];
        var layout = SampleRows.Layout(columns, title: "㐂 list");

        var (file, warnings) = await SlicedFiles.WriteAsync(place => place is 1 or 2 ? rich : bare, layout, slices);
        var (other, _) = await SlicedFiles.WriteAsync(place => place is 1 or 2 ? bare : rich, layout, slices);

        Assert.Equal(("glyph_missing", 1), (Assert.Single(warnings).Code, Assert.Single(warnings).Count));
        foreach (var bytes in new[] { file, other })
        {
            await CheckAsync(bytes);
            var (_, text) = await ForeignProgram.RunAsync("pdftotext", "-layout", bytes, "-");
            Assert.Contains("㐂 list", text, StringComparison.Ordinal);
            Assert.Contains("㐂 one", text, StringComparison.Ordinal);
            Assert.Contains("㐂 two", text, StringComparison.Ordinal);
            Assert.Null(LogoOf(bytes));
        }
    }

    [Fact]
    public async Task Write_NamesTheLogo_ForScreenReaders()
    {
        using var folder = new FontFolder();
        var layout = Layout(
            new WriterOptions { Tagged = true }) with
        { LogoFile = folder.Add("logo.png", PngFiles.Make(30, 10, colour: 2, depth: 8)) };

        var file = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(3));

        var (_, structure) = await ForeignProgram.RunAsync("pdfinfo", "-struct", file);
        Assert.Contains("Figure", structure, StringComparison.Ordinal);
        await CheckAsync(file);
    }

    private static FileLayout Layout(WriterOptions? options = null) => SampleRows.Layout(options: options, rowsExpected: 200) with
    {
        Sort = [new SortKey(SampleRows.Columns[0], SortDirection.Ascending), new SortKey(SampleRows.Columns[3], SortDirection.Descending)],
    };

    private static bool Overlaps(Letter letter, UglyToad.PdfPig.Core.PdfRectangle box) =>
        letter.EndBaseLine.X > box.Left
            && letter.StartBaseLine.X < box.Right
            && letter.StartBaseLine.Y > box.Bottom - 2
            && letter.StartBaseLine.Y < box.Top;

    private static async Task<double?> ShapeOfLogoAsync(PdfFormat format, FileLayout layout) =>
        LogoOf(await PdfWriting.FileAsync(layout, SampleRows.Ordinary(3), format)) is { } box ? box.Width / box.Height : null;

    private static UglyToad.PdfPig.Core.PdfRectangle? LogoOf(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        return document.GetPage(1).GetImages().SingleOrDefault()?.BoundingBox;
    }

    private static async Task CheckAsync(byte[] file)
    {
        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);
        Assert.True(exitCode == 0, output);
    }
}
