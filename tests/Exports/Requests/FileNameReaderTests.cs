using System.Text;
using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class FileNameReaderTests
{
    [Theory]
    [InlineData("students", ".csv", "students.csv")]
    [InlineData("students.csv", ".csv", "students.csv")]
    [InlineData("students", ".csv.gz", "students.csv.gz")]
    [InlineData("students.csv", ".csv.gz", "students.csv.gz")]
    [InlineData("Students.CSV", ".csv.gz", "Students.CSV.gz")]
    [InlineData("students.csv.gz", ".csv.gz", "students.csv.gz")]
    [InlineData("students.csv.gz", ".csv", "students.csv.gz.csv")]
    [InlineData("v1.2", ".csv.gz", "v1.2.csv.gz")]
    public void Read_AddsWhatTheEndingLacks_AndNoMore(string name, string extension, string expected)
    {
        var (read, errors) = Read(name, extension);

        Assert.Empty(errors);
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("界")]
    [InlineData("🎓")]
    [InlineData("👩‍👧")]
    public void Read_AcceptsWhatItAccepted_WhenTheWorkerReadsItAgain(string sign)
    {
        foreach (var (format, length) in AppFormats.Catalog.Names.SelectMany(
            name => Enumerable.Range(1, FileNameReader.MaxLength + 1).Select(length => (name, length))))
        {
            var extension = AppFormats.Catalog.Find(format)!.FileExtension;
            var name = string.Concat(Enumerable.Repeat(sign, length / sign.Length)).PadRight(length, 'z');

            var (read, errors) = Read(name, extension);

            var fits = length <= FileNameReader.MaxLength && Encoding.UTF8.GetByteCount(name) <= FileNameReader.MaxBytes;
            Assert.Equal(fits ? name + extension : null, read);
            Assert.Equal(fits ? [] : ["fileName"], errors.Keys);
            if (fits)
                Assert.Equal((read, 0), (Read(read!, extension).Name, Read(read!, extension).Errors.Count));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\u00A0")]
    [InlineData("\u3000")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a/b")]
    [InlineData("a\tb")]
    [InlineData("con")]
    [InlineData("Con .txt")]
    [InlineData("COM¹.csv")]
    [InlineData("lpt0")]
    [InlineData("CONIN$")]
    [InlineData(".csv")]
    public void Read_Refuses_WhatIsNoNameOnSomeDesktop(string name) =>
        Assert.Equal("fileName", Assert.Single(Read(name, ".csv").Errors).Key);

    [Fact]
    public void Read_RefusesSignsThatHideWhatANameIs_AndNamesThem()
    {
        int[] signs =
        [
            0x200E, 0x200F, 0x061C, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(
                0x2066, 4), 0x00AD, 0x034F, 0x115F, 0x17B4, 0x180E, 0x200B, 0x2028, 0x2029, 0x2060, 0x2064, 0x2800,
            0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF, 0xFDD0, 0x1D173, 0xE0041, 0xE0100, 0x10FFFF,
        ];

        Assert.All(signs, sign =>
        {
            var errors = Read($"gnp{char.ConvertFromUtf32(sign)}exe", ".csv").Errors;

            Assert.Contains($"U+{sign:X4}", Assert.Single(errors["fileName"]), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("a\u200Db")]
    [InlineData("می\u200C")]
    [InlineData("می\u200C\u200Cخواهم")]
    [InlineData("\u200Dمی")]
    [InlineData("👩\uFE0F\uFE0F")]
    public void Read_RefusesJoiners_ThatJoinNothing(string name) => Assert.Single(Read(name, ".csv").Errors);

    [Theory]
    [InlineData("می\u200Cخواهم")]
    [InlineData("👨\u200D👩\u200D👧")]
    [InlineData("❤\uFE0F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("क्\u200Dष")]
    [InlineData("עברית")]
    [InlineData("학생")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    public void Read_Accepts_WhatWritingNeeds(string name) => Assert.Equal(name + ".csv", Read(name, ".csv").Name);

    [Fact]
    public void Read_SaysNothingOfTheLength_WhenTheFormatIsUnknownAndItMayFit()
    {
        Assert.Empty(Read(new string('a', 120) + ".csv.gz", extension: null).Errors);
        Assert.Single(Read(new string('a', 200), extension: null).Errors);
        Assert.Single(Read("", extension: null).Errors);
    }

    private static (string? Name, IReadOnlyDictionary<string, string[]> Errors) Read(string name, string? extension)
    {
        var errors = new FieldErrors();
        var fields = GivenFields.Open(JsonSerializer.Serialize(new { fileName = name }), errors, "fileName")!;
        return (FileNameReader.Read(fields, extension), errors.ByField);
    }
}
