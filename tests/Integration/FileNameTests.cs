using System.Net;
using System.Text.Json.Nodes;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Integration;

/// <summary>File names of every length and script, from the request to the header of the download.</summary>
[Integration]
public sealed class FileNameTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string> Signs { get; } = new("a", "é", "界", "🎓", "%", "'", "+", ";", "=");

    [Theory]
    [MemberData(nameof(Signs))]
    public async Task File_IsDownloadedUnderItsName_WhateverItsLengthAndFormat(string sign)
    {
        var longest =
            Math.Min(FileNameReader.MaxLength, FileNameReader.MaxBytes / System.Text.Encoding.UTF8.GetByteCount(sign) * sign.Length);
        int[] lengths =
        [
            sign.Length,
            longest - (4 * sign.Length),
            longest - (3 * sign.Length),
            longest - (2 * sign.Length),
            longest - sign.Length,
            longest
        ];
        var asked =
            from format in AppFormats.Catalog.Names
            from length in lengths
            select (Format: format, Name: string.Concat(Enumerable.Repeat(sign, length / sign.Length)));
        foreach (var (format, name) in asked)
        {
            var body = new JsonObject { ["dataset"] = "courses", ["format"] = format, ["limit"] = 1, ["fileName"] = name };
            var id = await app.Client.SubmitAsync(body.ToJsonString());

            var job = await app.Client.WaitUntilFinalAsync(id);

            var expected = name + AppFormats.Catalog.Find(format)!.FileExtension;
            Assert.Equal(("succeeded", expected), (ExportClient.StatusOf(job), job["file"]?["name"]?.GetValue<string>()));
            Assert.Equal(expected, job["request"]!["fileName"]!.GetValue<string>());
            Assert.Equal(expected, await DownloadedNameAsync(id));
        }
    }

    private async Task<string?> DownloadedNameAsync(string id)
    {
        using var answer = await app.App.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var file = await app.App.Http.GetAsync(answer.Headers.Location);
        return file.EnsureSuccessStatusCode().Content.Headers.ContentDisposition!.FileNameStar;
    }
}
