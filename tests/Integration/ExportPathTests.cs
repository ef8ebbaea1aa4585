using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Storage;
using MiniExcelLibs;
using Sylvan.Data.Csv;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// The whole path on real storage: HTTP, queue, worker, blob, link; the files are read by libraries that did not write them.
/// </summary>
[Integration]
public sealed class ExportPathTests(AppFixture app, SchoolFixture school) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Csv_HoldsEveryStudent_AsTheDatabaseDoes()
    {
        var expected = await school.QueryAsync("SELECT student_number, first_name, notes FROM students ORDER BY id");

        var id = await app.Client.SubmitAsync(
            """{"dataset":"students","format":"csv","columns":["studentNumber","firstName","notes"],"options":{"profile":"raw"}}""");
        var file = await app.Client.DownloadAsync(id);

        using var reader = CsvDataReader.Create(new StreamReader(new MemoryStream(file), Encoding.UTF8));
        foreach (var row in expected)
        {
            Assert.True(await reader.ReadAsync());
            for (var column = 0; column < row.Length; column++)
                Assert.Equal(row[column] ?? "", reader.GetString(column));
        }

        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task Excel_HoldsTypedCells_ForAFilterAndAnOrder()
    {
        var expected = await school.QueryAsync(
            "SELECT id, student_number, birth_date, gpa, is_active FROM students WHERE gpa >= 9 ORDER BY gpa DESC, id");

        var id = await app.Client.SubmitAsync(
            """
            {"dataset":"students","columns":["id","studentNumber","birthDate","gpa","isActive"],
             "filter":{"column":"gpa","op":"ge","value":9},"sort":["-gpa"]}
            """);
        var rows = new MemoryStream(await app.Client.DownloadAsync(id)).Query(
            useHeaderRow: false).Cast<IDictionary<string, object?>>().Select(row => row.Values.ToArray()).ToList();

        Assert.Equal(["ID", "Student number", "Date of birth", "Average", "Active"], rows[0]);
        Assert.Equal(expected.Count, rows.Count - 1);
        for (var i = 0; i < expected.Count; i++)
        {
            var (want, got) = (expected[i], rows[i + 1]);
            Assert.Equal(Convert.ToDouble(want[0], CultureInfo.InvariantCulture), Convert.ToDouble(got[0], CultureInfo.InvariantCulture));
            Assert.Equal(want[1], got[1]);
            Assert.Equal(want[2], got[2] is DateTime date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : got[2]);
            Assert.Equal(Convert.ToDecimal(want[3], CultureInfo.InvariantCulture), Convert.ToDecimal(got[3], CultureInfo.InvariantCulture));
            Assert.Equal(Convert.ToInt64(want[4], CultureInfo.InvariantCulture) != 0, Assert.IsType<bool>(got[4]));
        }
    }

    [Fact]
    public async Task Pdf_HoldsEveryCourse_OnNumberedPages()
    {
        var expected = await school.QueryAsync("SELECT code FROM courses ORDER BY code");

        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"pdf"}""");
        using var document = PdfDocument.Open(await app.Client.DownloadAsync(id));

        var words = document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        Assert.All(expected, row => Assert.Contains((string)row[0]!, words));
        Assert.True(document.NumberOfPages > 1);
        Assert.Contains("Courses", words);
    }

    [Theory]
    [InlineData("excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")]
    [InlineData("csv", "text/csv; charset=utf-8", ".csv")]
    [InlineData("pdf", "application/pdf", ".pdf")]
    public async Task Job_TellsOfItsFile_InEveryFormat(string format, string contentType, string ending)
    {
        var id = await app.Client.SubmitAsync($$"""{"dataset":"courses","format":"{{format}}","fileName":"Μαθήματα 2026"}""");
        var file = await app.Client.DownloadAsync(id);

        var job = await app.Client.GetAsync(id);
        Assert.Equal(
            (200L, 200L, 100.0),
            (job["rowsExpected"]!.GetValue<long>(), job["rowsWritten"]!.GetValue<long>(), job["percent"]!.GetValue<double>()));
        Assert.Equal("Μαθήματα 2026" + ending, job["file"]!["name"]!.GetValue<string>());
        Assert.Equal(contentType, job["file"]!["contentType"]!.GetValue<string>());
        Assert.Equal(file.Length, job["file"]!["bytes"]!.GetValue<long>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), job["file"]!["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task Manifest_StandsBesideTheFile_AndTellsHowItCameAbout()
    {
        var id = await app.Client.SubmitAsync(
            """{"dataset":"courses","format":"csv","columns":["code","credits"],"filter":{"column":"semester","op":"eq","value":1}}""");
        var file = await app.Client.DownloadAsync(id);

        var account = (StorageAccount)app.App.Services.GetService(typeof(StorageAccount))!;
        var container = account.Blobs.GetBlobContainerClient(StorageNames.FilesContainer);
        var name = container.GetBlobs().Select(
            blob => blob.Name).Single(name => name.EndsWith($"{Guid.Parse(id):N}.manifest.json", StringComparison.Ordinal));
        var manifest = JsonNode.Parse((await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString())!;

        var part = Assert.Single(manifest["parts"]!.AsArray())!;
        Assert.Equal((id, "courses", "semester"), (
            manifest["export"]!.GetValue<string>(),
            manifest["dataset"]!.GetValue<string>(),
            manifest["request"]!["filter"]!["column"]!.GetValue<string>()));
        Assert.Equal(
            (file.Length, Convert.ToHexStringLower(SHA256.HashData(file))),
            (part["bytes"]!.GetValue<int>(), part["sha256"]!.GetValue<string>()));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("code\tidentifier\t0\ncredits\tdecimal\t1\n"u8)),
            manifest["schemaHash"]!.GetValue<string>());
    }

    [Fact]
    public async Task Link_NamesTheFileAndIsShortLived_AndTheBlobIsPrivate()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","fileName":"Μαθήματα 2"}""");
        await app.Client.WaitUntilFinalAsync(id);

        using var redirect = await app.Client.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        using var download = await app.Client.Http.GetAsync(redirect.Headers.Location);
        using var without = await app.Client.Http.GetAsync(new Uri(redirect.Headers.Location!.GetLeftPart(UriPartial.Path)));

        Assert.Equal("Μαθήματα 2.csv", download.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Contains("sp=r", redirect.Headers.Location.Query, StringComparison.Ordinal);
        Assert.False(without.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Pages_NeverOverlap_WhenTheSortIsAmbiguous()
    {
        var seen = new List<string>();
        for (var offset = 0; offset < 600; offset += 200)
        {
            var id = await app.Client.SubmitAsync(
                $$"""{"dataset":"students","format":"csv","columns":["id"],"sort":["year"],"offset":{{offset}},"limit":200,"options":{"profile":"raw"} }""");
            seen.AddRange(
                Encoding.UTF8.GetString(await app.Client.DownloadAsync(id)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
        }

        var expected = await school.QueryAsync("SELECT id FROM students ORDER BY year, id LIMIT 600");
        Assert.Equal(expected.Select(row => Convert.ToString(row[0], CultureInfo.InvariantCulture)), seen);
    }

    [Fact]
    public async Task Job_FailsWithAReason_WhenAColumnIsGoneFromTheDatabase()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"broken","format":"csv"}""");
        var job = await app.Client.WaitUntilFinalAsync(id);

        Assert.Equal(("failed", "column_missing"), (ExportClient.StatusOf(job), job["error"]!["code"]!.GetValue<string>()));
        Assert.Null(job["file"]);
    }
}
