using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;

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
        var errors = new FieldErrors();
        using var body = JsonDocument.Parse(JsonSerializer.Serialize(new { fileName = name }));

        var read = FileNameReader.Read(body.RootElement, "fileName", extension, errors);

        Assert.True(errors.IsEmpty);
        Assert.Equal(expected, read);
    }
}
