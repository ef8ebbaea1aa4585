using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ExportFunctions.Formats.Pdf.Direct.Document;

namespace ExportFunctions.Tests.Formats.Pdf.Direct;

/// <summary>What PDF/A-2b (ISO 19005-2) asks of a file's structure, as far as it can be told without a validator.</summary>
public sealed class ArchiveTests
{
    [Fact]
    public async Task Write_NamesTheMeaningOfItsColours()
    {
        var file = await AwkwardAsync();

        var intent = Regex.Match(
            file,
            @"/OutputIntents\[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier\([^)]+\).*?/DestOutputProfile (?<id>\d+) 0 R>>\]",
            RegexOptions.NonBacktracking);
        Assert.True(intent.Success);
        Assert.Equal(SrgbProfile.Bytes, Stream(file, intent.Groups["id"].Value));
        Assert.Equal(SrgbProfile.Bytes.Length, (SrgbProfile.Bytes[2] << 8) | SrgbProfile.Bytes[3]);
    }

    [Fact]
    public async Task Write_EmbedsEveryFont_WithWidthsAndText()
    {
        var file = await AwkwardAsync();

        var descriptors = Regex.Matches(file, "<</Type/FontDescriptor.*?>>", RegexOptions.NonBacktracking);
        Assert.InRange(descriptors.Count, 5, 9);
        Assert.All(descriptors, descriptor => Assert.Matches(@"/FontName/[A-Z]{6}\+.*?/FontFile[23] \d+ 0 R", descriptor.Value));
        Assert.Equal(descriptors.Count, Regex.Count(file, "/Subtype/CIDFontType(2/CIDToGIDMap/Identity|0/)", RegexOptions.NonBacktracking));
        Assert.Equal(
            descriptors.Count, Regex.Count(file, @"/Subtype/Type0/Encoding/Identity-H.*?/ToUnicode \d+ 0 R", RegexOptions.NonBacktracking));
    }

    [Fact]
    public async Task Write_NeverShowsGlyphZero_ThoughCharactersAreMissing()
    {
        var file = await AwkwardAsync();

        var contents = Regex.Matches(file, @"/Contents (?<id>\d+) 0 R", RegexOptions.NonBacktracking).Select(
            match => Encoding.Latin1.GetString(Stream(file, match.Groups["id"].Value))).ToList();
        Assert.NotEmpty(contents);
        Assert.All(contents, content => Assert.DoesNotContain("(\0\0", content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_SaysTheSame_InMetadataAndInformation()
    {
        var layout = SampleRows.Layout(title: "Φοιτητές & <tutors>\u0007") with { FilterInWords = "Name contains \"x\"" };
        var file = Encoding.Latin1.GetString(await PdfWriting.FileAsync(layout, []));

        var packet =
            Regex.Match(file, @"<\?xpacket begin.*?<\?xpacket end=""r""\?>", RegexOptions.NonBacktracking | RegexOptions.Singleline);
        var metadata = XDocument.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(packet.Value)));
        string Value(string name) => metadata.Descendants().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("Φοιτητές & <tutors>", Value("title"));
        Assert.Equal("Name contains \"x\"", Value("description"));
        Assert.Equal(("2", "B"), (Value("part"), Value("conformance")));
        Assert.Equal("2026-03-14T15:09:26Z", Value("CreateDate"));
        Assert.Contains(
            "/Title <FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("Φοιτητές & <tutors>")) + ">",
            file,
            StringComparison.Ordinal);
        Assert.Contains("/CreationDate(D:20260314150926Z)", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Encrypt")]
    [InlineData("/JavaScript")]
    [InlineData("/Launch")]
    [InlineData("/AA")]
    [InlineData("/SMask")]
    [InlineData("/Group")]
    [InlineData("/ca ")]
    [InlineData("/EmbeddedFiles")]
    [InlineData("LZWDecode")]
    public async Task Write_HasNothingForbidden(string key) => Assert.DoesNotContain(key, await AwkwardAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Write_BeginsAndEndsAsItMust()
    {
        var file = await AwkwardAsync();

        Assert.Matches("^%PDF-1\\.7\n%[\u0080-\u00ff]{4}\n", file);
        Assert.Matches("/ID\\[<[0-9A-F]{32}><[0-9A-F]{32}>\\]", file);
        Assert.EndsWith("\n%%EOF\n", file, StringComparison.Ordinal);
    }

    private static async Task<string> AwkwardAsync() =>
        Encoding.Latin1.GetString(
            await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: SampleRows.Awkward.Count), SampleRows.Awkward));

    private static byte[] Stream(string file, string id)
    {
        var header = Regex.Match(file, $@"\n{id} 0 obj\n<<[^>]*/Length (?<length>\d+)>>stream\n", RegexOptions.NonBacktracking);
        var length = int.Parse(header.Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture);
        using var source = new ZLibStream(new MemoryStream(
            Encoding.Latin1.GetBytes(file.Substring(header.Index + header.Length, length))), CompressionMode.Decompress);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
