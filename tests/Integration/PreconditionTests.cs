using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Nobody's change of a record is overwritten unseen, whatever the record.</summary>
[Integration]
public sealed class PreconditionTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string, string> Records { get; } = new()
    {
        { "schedules", """{"name":"Weekly","export":{"dataset":"courses","format":"csv"},"frequency":"weekly","weekday":"monday","time":"06:00"}""" },
        { "import-export/schedules", """{"name":"Weekly","export":{"entity":"courses","export_format":"csv"},"frequency":"WEEKLY","weekday":"monday","time":"06:00"}""" },
        { "webhooks", """{"name":"Registrar","url":"https://hooks.example.org/exports"}""" },
        { "subscriptions", """{"name":"Failures","to":["registrar@example.org"],"events":["export.failed"]}""" },
        { "alerts/rules", """{"name":"Slow","metric":"duration","threshold":3600}""" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Replace_NeedsTheTagOfThePresentState(string list, string body)
    {
        var (path, made) = await MakeAsync(list, body);

        using var shown = await SendAsync(HttpMethod.Get, path);
        using var blind = await SendAsync(HttpMethod.Put, path, Put(body));
        using var replaced = await SendAsync(HttpMethod.Put, path, Put(body), ifMatch: made);
        using var stale = await SendAsync(HttpMethod.Put, path, Put(body), ifMatch: made);
        using var weak = await SendAsync(HttpMethod.Put, path, Put(body), ifMatch: $"W/{replaced.Headers.ETag}");
        using var any = await SendAsync(HttpMethod.Put, path, Put(body), ifMatch: "*");
        using var last = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(made, shown.Headers.ETag?.ToString());
        Assert.Equal(
            (HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed),
            (blind.StatusCode, replaced.StatusCode, stale.StatusCode));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.OK), (weak.StatusCode, any.StatusCode));
        Assert.NotEqual(made, replaced.Headers.ETag?.ToString());
        Assert.Equal(any.Headers.ETag, last.Headers.ETag);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Replace_SucceedsOnce_WhenManyReplaceTheSameState(string list, string body)
    {
        var (path, made) = await MakeAsync(list, body);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(HttpMethod.Put, path, Put(body), ifMatch: made)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Get_Answers304_UntilTheRecordChanges(string list, string body)
    {
        var (path, made) = await MakeAsync(list, body);

        using var same = await SendAsync(HttpMethod.Get, path, ifNoneMatch: made);
        using var replaced = await SendAsync(HttpMethod.Put, path, Put(body), ifMatch: made);
        using var changed = await SendAsync(HttpMethod.Get, path, ifNoneMatch: made);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, changed.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Delete_RemovesTheStateItsCallerSaw_AndAnyWithoutATag(string list, string body)
    {
        var (bound, tag) = await MakeAsync(list, body);
        var (free, _) = await MakeAsync(list, body);

        using var stale = await SendAsync(HttpMethod.Delete, bound, ifMatch: "\"another\"");
        using var meant = await SendAsync(HttpMethod.Delete, bound, ifMatch: tag);
        using var gone = await SendAsync(HttpMethod.Delete, bound, ifMatch: tag);
        using var any = await SendAsync(HttpMethod.Delete, free);

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent), (stale.StatusCode, meant.StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NoContent), (gone.StatusCode, any.StatusCode));
    }

    [Theory]
    [InlineData("exports")]
    [InlineData("import-export/exports")]
    public async Task DeleteExport_RemovesTheStateItsCallerSaw(string list)
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","limit":1}""");
        await app.Client.WaitUntilFinalAsync(id);
        var path = $"/api/v1/{list}/{id}";
        using var shown = await SendAsync(HttpMethod.Get, path);

        using var stale = await SendAsync(HttpMethod.Delete, path, ifMatch: "\"another\"");
        using var there = await SendAsync(HttpMethod.Get, path);
        using var meant = await SendAsync(HttpMethod.Delete, path, ifMatch: "*");

        Assert.NotNull(shown.Headers.ETag);
        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.NoContent),
            (stale.StatusCode, there.StatusCode, meant.StatusCode));
    }

    private async Task<(string Path, string ETag)> MakeAsync(string list, string body)
    {
        using var response = await SendAsync(HttpMethod.Post, $"/api/v1/{list}", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return ($"/api/v1/{list}/{JsonNode.Parse(text)!["id"]}", response.Headers.ETag!.ToString());
    }

    /// <summary>The same record under another name. A webhook's kind and address stay.</summary>
    private static string Put(string body)
    {
        var record = JsonNode.Parse(body)!;
        record["name"] = "Renamed";
        return record.ToJsonString();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);

        return await app.App.Http.SendAsync(request);
    }
}
