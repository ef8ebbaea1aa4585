using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class FormatNameTests
{
    [Theory]
    [InlineData("""{"dataset":"courses","format":"xlsx"}""", null, "excel")]
    [InlineData("""{"dataset":"courses","format":"XLSX"}""", null, "excel")]
    [InlineData("""{"dataset":"courses","format":"CSV"}""", null, "csv")]
    [InlineData("""{"dataset":"courses","format":"Pdf"}""", null, "pdf")]
    [InlineData("""{"dataset":"courses"}""", "CSV", "csv")]
    [InlineData("""{"dataset":"courses"}""", null, "excel")]
    [InlineData("""{"dataset":"courses","format":"excel"}""", "xlsx", "excel")]
    public void Read_TakesAFormat_ByItsNameOrEnding(string json, string? parameter, string format)
    {
        var request = AppFormats.SchoolRequests.Read(JsonElement.Parse(json), parameter, RequestNames.Standard, new FieldErrors());

        Assert.Equal(format, request?.Format.Name);
        Assert.Equal(format, JsonElement.Parse(request!.Json).GetProperty("format").GetString());
    }

    [Theory]
    [InlineData("""{"entity":"courses","export_format":"XLSX"}""", "excel")]
    [InlineData("""{"entity":"courses","format":"Csv"}""", "csv")]
    public void Read_TakesAFormat_UnderTheEarlierNamesToo(string json, string format)
    {
        var request = AppFormats.SchoolRequests.Read(JsonElement.Parse(json), null, RequestNames.ImportExport, new FieldErrors());

        Assert.Equal(format, request?.Format.Name);
    }

    [Theory]
    [InlineData("""{"dataset":"courses","format":"docx"}""", null)]
    [InlineData("""{"dataset":"courses","format":7}""", null)]
    [InlineData("""{"dataset":"courses"}""", "docx")]
    [InlineData("""{"dataset":"courses","format":"csv"}""", "xlsx")]
    [InlineData("""{"dataset":"courses","format":"csv"}""", "docx")]
    public void Read_NamesTheField_WhenAFormatIsUnknownOrAnother(string json, string? parameter)
    {
        var errors = new FieldErrors();

        var request = AppFormats.SchoolRequests.Read(JsonElement.Parse(json), parameter, RequestNames.Standard, errors);

        Assert.Null(request);
        Assert.Equal(["format"], errors.ByField.Keys);
    }
}
