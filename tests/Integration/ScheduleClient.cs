using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Speaks to a host about schedules, under either family of paths.</summary>
internal sealed class ScheduleClient(HttpClient http, string path = ScheduleClient.Standard)
{
    public const string Standard = "/api/v1/schedules";
    public const string ImportExport = "/api/v1/import-export/schedules";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly bool _isEarlier = path == ImportExport;

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string rest = "", string? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path + rest);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);

        return await http.SendAsync(request);
    }

    /// <summary>Makes a schedule and gives it with its tag.</summary>
    public Task<(JsonNode Schedule, string ETag)> MakeAsync(string body) => ReadAsync(HttpMethod.Post, "", body);

    public Task<(JsonNode Schedule, string ETag)> GetAsync(string id) => ReadAsync(HttpMethod.Get, $"/{id}", body: null);

    public async Task<JsonNode> ListAsync(string rest) => (await http.GetFromJsonAsync<JsonNode>(path + rest))!;

    public Task<(JsonNode Schedule, string ETag)> PostAsync(string id, string action) =>
        ReadAsync(HttpMethod.Post, $"/{id}/{action}", body: null);

    /// <summary>Waits until the newest entry of the history is as asked for.</summary>
    public async Task<JsonNode> WaitForRunAsync(string id, Func<JsonNode, bool> isReached)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var runs = ItemsOf(await ListAsync($"/{id}/runs"), "runs");
            if (runs.FirstOrDefault(run => isReached(run!)) is { } run)
                return run;
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain: {runs.ToJsonString()}");

            await Task.Delay(100);
        }
    }

    /// <summary>What a list has, under the name that it has on these paths.</summary>
    public JsonArray ItemsOf(JsonNode list, string earlier) => list[_isEarlier ? earlier : "items"]!.AsArray();

    /// <summary>What an entry of the history calls its export on these paths.</summary>
    public string ExportName => _isEarlier ? "jobId" : "exportId";

    /// <summary>The export of a run that was started, under the name that it has on these paths.</summary>
    public string ExportOf(JsonNode started) => started[_isEarlier ? "id" : "exportId"]!.GetValue<string>();

    public static string IdOf(JsonNode node) => node["id"]!.GetValue<string>();

    public static string? TextOf(JsonNode node, string name) => node[name]?.GetValue<string>();

    private async Task<(JsonNode Schedule, string ETag)> ReadAsync(HttpMethod method, string rest, string? body)
    {
        using var response = await SendAsync(method, rest, body);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created
            ? (JsonNode.Parse(text)!, response.Headers.ETag!.ToString())
            : throw new InvalidOperationException(text);
    }
}
