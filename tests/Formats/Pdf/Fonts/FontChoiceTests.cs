using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

/// <summary>What comes out right with the fonts inside the assembly alone, as on a machine without any.</summary>
[Integration]
public sealed class FontChoiceTests
{
    private static readonly DatasetColumn[] NameOnly = [SampleRows.Column("name", "Name", ColumnType.Text)];

    [Theory]
    [InlineData("− ≤ ≥ ≠ ≈ ± × ÷ ∞ √ ∑ ∫ ∂ ∈ ∅ ∀ ∃ ∆ π")]
    [InlineData("→ ← ↑ ↓ ↔ ⇒ ⇔ ➜")]
    [InlineData("✓ ✔ ✗ ✘ ☐ ☑ ☒ ■ □ ▪ ▲ ▼ ● ○ ◆ ★ ☆ ♥ ♦ ♣ ♠ ☎ ☀ ☂ ♀ ♂ ⚠")]
    [InlineData("┌─┬┐ │ ├┼┤ └┴┘ ═ ║ █ ░")]
    [InlineData("€ £ ¥ ₹ ₽ ₺ ₩ ₪ ₫ ₴ ¢")]
    [InlineData("x² y³ ¹⁰ ₂ ½ ¼ ⅓ № ™ © ® § ¶ † ‡ • ‰ ① ②")]
    [InlineData("山田太郎 𠮷田 渡邊 さくら ケンジ 王小明 臺北 歐陽 김민준 최서연")]
    [InlineData("नमस्ते श्री विद्यार्थी")]
    [InlineData("สวัสดี ภาษาไทย น้ำ")]
    [InlineData("שלום مرحبا Ελένη Шевченко Hương Հայաստան საქართველო")]
    [InlineData("🎓 👩‍🎓 😀 👍 ❤ 🇬🇷")]
    public async Task Write_ShowsIt_WithoutABox(string text)
    {
        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(NameOnly, rowsExpected: 1), [[text]]);

        Assert.Empty(warnings);
        var (exitCode, found) = await ForeignProgram.RunAsync("pdftotext", "-layout", output.ToArray(), "-");
        Assert.Equal(0, exitCode);
        Assert.Contains(text.EnumerateRunes().First().ToString(), found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ShowsEveryNameOfTheSample()
    {
        var rows = SampleTexts.All.Select(text => new object?[] { text }).ToList();

        var (output, warnings) =
            await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(NameOnly, rowsExpected: rows.Count), rows);

        Assert.InRange(rows.Count, 100, 10_000);
        Assert.Empty(warnings);
        Assert.InRange(output.BytesWritten, 10_000, 200_000);
    }

    [Fact]
    public async Task Write_FindsFontsInAFolder_ForWhatTheShippedOnesLack()
    {
        const string Rare = "/usr/share/fonts/opentype/noto";
        if (!Directory.Exists(Rare))
            Assert.Skip("The package fonts-noto-cjk is not installed.");

        var (output, warnings) =
            await SampleRows.WriteAsync(PdfWriting.FormatWithFolder(Rare), SampleRows.Layout(NameOnly, rowsExpected: 1), [["㐂𠀋"]]);

        Assert.Empty(warnings);
        Assert.InRange(output.BytesWritten, 5_000, 60_000);
        var (_, found) = await ForeignProgram.RunAsync("pdftotext", "-layout", output.ToArray(), "-");
        Assert.Contains("㐂𠀋", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Fallbacks_AreAllThere() => Assert.All(ShippedFonts.Fallbacks, name => Assert.NotEmpty(FontFolder.Shipped(name)));
}
