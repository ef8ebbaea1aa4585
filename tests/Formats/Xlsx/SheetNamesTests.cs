using ExportFunctions.Formats.Xlsx;

namespace ExportFunctions.Tests.Formats.Xlsx;

public sealed class SheetNamesTests
{
    [Theory]
    [InlineData("Students", 1, "Students")]
    [InlineData("Students", 2, "Students (2)")]
    [InlineData("a[b]c:d*e?f/g\\h", 1, "a b c d e f g h")]
    [InlineData("'quoted'", 1, "quoted")]
    [InlineData("", 1, "Sheet")]
    [InlineData("///", 2, "Sheet (2)")]
    [InlineData("history", 1, "Sheet")]
    [InlineData("a\u0007b", 1, "a b")]
    [InlineData("1234567890123456789012345678901", 1, "1234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012", 1, "1234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012", 12, "12345678901234567890123456 (12)")]
    [InlineData("123456789012345678901234567890𝒳", 1, "123456789012345678901234567890")]
    public void Of_MakesALegalName(string title, int number, string name)
    {
        Assert.Equal(name, SheetNames.Of(title, number));
    }
}
