using System.Text.Json;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats;

public sealed class WriterOptionsReaderTests
{
    [Fact]
    public void Read_GivesEveryOption_WhenAllAreRight()
    {
        var csv =
            ReadWell("csv", """{"profile":"raw","timeZone":"Europe/Athens","delimiter":";","decimalSeparator":",","byteOrderMark":true}""");
        var excel = ReadWell("excel", """{"cellReferences":true,"timeZone":"UTC"}""");
        var pdf = ReadWell("pdf", """{"pageSize":"letter","orientation":"landscape","title":" Πτυχία ","subtitle":"b","footer":"c","logo":false,"rightToLeft":true}""");

        Assert.Equal(
            new WriterOptions
            {
                Profile = InjectionProfile.Raw,
                TimeZone = "Europe/Athens",
                Delimiter = ';',
                DecimalSeparator = ',',
                ByteOrderMark = true,
            },
            csv);
        Assert.Equal(new WriterOptions { CellReferences = true, TimeZone = "UTC" }, excel);
        Assert.Equal(
            new WriterOptions
            {
                PageSize = PageSize.Letter,
                Orientation = PageOrientation.Landscape,
                Title = "Πτυχία",
                Subtitle = "b",
                Footer = "c",
                Logo = false,
                RightToLeft = true,
            },
            pdf);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"delimiter":null,"timeZone":null}""")]
    public void Read_GivesTheDefaults_WhenNothingIsAsked(string json)
    {
        var options = ReadWell("csv", json);

        Assert.Equal(new WriterOptions(), options);
    }

    [Fact]
    public void Read_GivesTheDefaults_WhenTheElementIsAbsent()
    {
        var options = WriterOptionsReader.Read(null, "csv", new FieldErrors());

        Assert.Equal(new WriterOptions(), options);
    }

    [Theory]
    [InlineData("csv", """[]""", "options")]
    [InlineData("csv", "\"safe\"", "options")]
    [InlineData("csv", """{"delimeter":","}""", "options.delimeter")]
    [InlineData("csv", """{"Delimiter":","}""", "options.Delimiter")]
    [InlineData("csv", """{"delimiter":":"}""", "options.delimiter")]
    [InlineData("csv", """{"delimiter":";;"}""", "options.delimiter")]
    [InlineData("csv", """{"delimiter":""}""", "options.delimiter")]
    [InlineData("csv", """{"delimiter":59}""", "options.delimiter")]
    [InlineData("csv", """{"delimiter":"x","decimalSeparator":","}""", "options.delimiter")]
    [InlineData("csv", """{"delimiter":";","delimiter":"|"}""", "options.delimiter")]
    [InlineData("csv", """{"decimalSeparator":","}""", "options.decimalSeparator")]
    [InlineData("csv", """{"delimiter":",","decimalSeparator":","}""", "options.decimalSeparator")]
    [InlineData("csv", """{"decimalSeparator":"'"}""", "options.decimalSeparator")]
    [InlineData("csv", """{"profile":"unsafe"}""", "options.profile")]
    [InlineData("csv", """{"profile":1}""", "options.profile")]
    [InlineData("csv", """{"profile":"1"}""", "options.profile")]
    [InlineData("csv", """{"byteOrderMark":"yes"}""", "options.byteOrderMark")]
    [InlineData("csv", """{"timeZone":"Athens"}""", "options.timeZone")]
    [InlineData("csv", """{"timeZone":"GTB Standard Time"}""", "options.timeZone")]
    [InlineData("csv", """{"timeZone":"/etc/localtime"}""", "options.timeZone")]
    [InlineData("csv", """{"timeZone":"../../../etc/localtime"}""", "options.timeZone")]
    [InlineData("csv", """{"timeZone":2}""", "options.timeZone")]
    [InlineData("csv", """{"pageSize":"a4"}""", "options.pageSize")]
    [InlineData("excel", """{"delimiter":";"}""", "options.delimiter")]
    [InlineData("excel", """{"cellReferences":1}""", "options.cellReferences")]
    [InlineData("excel", """{"table":"yes"}""", "options.table")]
    [InlineData("excel", """{"rightToLeft":0}""", "options.rightToLeft")]
    [InlineData("csv", """{"table":true}""", "options.table")]
    [InlineData("pdf", """{"pageSize":"a5"}""", "options.pageSize")]
    [InlineData("pdf", """{"orientation":"sideways"}""", "options.orientation")]
    [InlineData("pdf", """{"title":""}""", "options.title")]
    [InlineData("pdf", """{"title":"  "}""", "options.title")]
    [InlineData("pdf", """{"title":7}""", "options.title")]
    [InlineData("pdf", "{\"title\":\"two\\nlines\"}", "options.title")]
    [InlineData("pdf", "{\"subtitle\":\"\\u202eback\"}", "options.subtitle")]
    [InlineData("pdf", """{"footer":["a"]}""", "options.footer")]
    [InlineData("pdf", """{"logo":"no"}""", "options.logo")]
    [InlineData("csv", """{"logo":true}""", "options.logo")]
    public void Read_NamesTheField_WhenAValueIsWrong(string format, string json, string field)
    {
        var errors = new FieldErrors();

        WriterOptionsReader.Read(JsonDocument.Parse(json).RootElement, format, errors);

        Assert.Equal([field], errors.ByField.Keys);
    }

    [Fact]
    public void Read_SaysWhoseAnOptionIs_WhenItIsAnotherFormats()
    {
        var errors = new FieldErrors();

        WriterOptionsReader.Read(JsonDocument.Parse("""{"delimiter":";"}""").RootElement, "excel", errors);

        Assert.Equal("Applies to csv, not to excel. Leave it out.", errors.ByField["options.delimiter"].Single());
    }

    [Fact]
    public void Read_NamesAllFields_WhenSeveralAreWrong()
    {
        var errors = new FieldErrors();

        WriterOptionsReader.Read(
            JsonDocument.Parse("""{"delimiter":"x","colour":"red","timeZone":"Mars/Base"}""").RootElement, "csv", errors);

        Assert.Equal(["options.colour", "options.delimiter", "options.timeZone"], errors.ByField.Keys);
    }

    private static WriterOptions ReadWell(string format, string json)
    {
        var errors = new FieldErrors();
        var options = WriterOptionsReader.Read(JsonDocument.Parse(json).RootElement, format, errors);
        Assert.True(errors.IsEmpty, string.Join(' ', errors.ByField.Keys));
        return options;
    }
}
