using ExportFunctions.Formats.Pdf.Images;
using SkiaSharp;

namespace ExportFunctions.Tests.Formats.Pdf.Images;

public sealed class PngImageTests
{
    public static TheoryData<int, int, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool, bool>();
            foreach (var (colour, depths) in new (
                int, int[])[] { (0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) })
            {
                foreach (var depth in depths)
                {
                    kinds.Add(colour, depth, false, false);
                    kinds.Add(colour, depth, true, false);
                    if (colour < 4)
                        kinds.Add(colour, depth, false, true);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_GivesThePixelsThatAnotherReaderSees(int colour, int depth, bool isInterlaced, bool hasTransparency)
    {
        foreach (var (width, height) in new[] { (1, 1), (3, 2), (13, 21), (64, 9) })
        {
            var file = PngFiles.Make(width, height, colour, depth, isInterlaced, hasTransparency, seed: width);
            using var other = SKBitmap.Decode(file, new SKImageInfo(
                width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb()));

            var image = PngImage.Read(file);

            for (var i = 0; i < width * height; i++)
            {
                var expected = other.GetPixel(i % width, i / width);
                var alpha = image.Alpha?[i] ?? 255;
                Assert.InRange(alpha - expected.Alpha, -1, 1);
                if (alpha == 0)
                    continue;

                var (red, green, blue) = image.IsGrey ? (image.Samples[i], image.Samples[i], image.Samples[i]) : (
                    image.Samples[i * 3], image.Samples[(i * 3) + 1], image.Samples[(i * 3) + 2]);
                Assert.InRange(red - expected.Red, -1, 1);
                Assert.InRange(green - expected.Green, -1, 1);
                Assert.InRange(blue - expected.Blue, -1, 1);
            }
        }
    }

    [Fact]
    public void Read_HasNoAlpha_WhenAllIsOpaque() => Assert.Null(PngImage.Read(PngFiles.Make(5, 5, colour: 2, depth: 8)).Alpha);

    [Theory]
    [InlineData("GIF89a", "not a PNG file")]
    [InlineData("", "not a PNG file")]
    public void Read_SaysWhy_WhenItIsNoPng(string text, string reason)
    {
        var exception = Assert.Throws<InvalidDataException>(() => PngImage.Read(System.Text.Encoding.ASCII.GetBytes(text)));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesALargePicture_BeforeItIsDecompressed()
    {
        byte[] header = [0, 0, 0x7F, 0xFF, 0, 0, 0x7F, 0xFF, 8, 6, 0, 0, 0];

        var exception = Assert.Throws<InvalidDataException>(() => PngImage.Read(PngFiles.File(header, [], [], [1, 2])));

        Assert.Contains("32767 by 32767", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NeverFailsOtherwise_WhenBytesAreDamaged()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var file = PngFiles.Make(9, 9, colour: round % 2 == 0 ? 3 : 6, depth: 8, isInterlaced: round % 3 == 0);
            var bytes = file[..(round % 4 == 0 ? random.Next(file.Length) : file.Length)];
            for (var i = 0; i < 3 && bytes.Length > 0; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            Assert.IsType<InvalidDataException>(Record.Exception(() => PngImage.Read(bytes)) ?? new InvalidDataException());
        }
    }
}
