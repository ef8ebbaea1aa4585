using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Speaks to a host as its users do: over HTTP, with JSON.</summary>
internal sealed class ExportClient(Uri url) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = url, Timeout = Patience };

    public async Task<HttpResponseMessage> PostAsync(string body, string path = "/api/v1/exports", string? idempotencyKey = null)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);

        return await Http.SendAsync(request);
    }

    /// <summary>Asks for an export and gives its id.</summary>
    public async Task<string> SubmitAsync(string body)
    {
        using var response = await PostAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"{response.StatusCode}: {text}");

        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    public async Task<JsonNode> GetAsync(string id) => (await Http.GetFromJsonAsync<JsonNode>($"/api/v1/exports/{id}"))!;

    public static string StatusOf(JsonNode job) => job["status"]!.GetValue<string>();

    /// <summary>Waits until the job is as asked for.</summary>
    public async Task<JsonNode> WaitAsync(string id, Func<JsonNode, bool> isReached)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var job = await GetAsync(id);
            if (isReached(job))
                return job;

            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain: {job}");

            await Task.Delay(50);
        }
    }

    public Task<JsonNode> WaitUntilFinalAsync(string id) => WaitAsync(id, job => StatusOf(job) is not ("queued" or "running"));

    /// <summary>Waits for success, follows the link and gives the file.</summary>
    public async Task<byte[]> DownloadAsync(string id)
    {
        var job = await WaitUntilFinalAsync(id);
        if (StatusOf(job) != "succeeded")
            throw new InvalidOperationException(job.ToString());

        using var redirect = await Http.GetAsync(new Uri(job["file"]!["url"]!.GetValue<string>(), UriKind.Relative));
        return await Http.GetByteArrayAsync(redirect.Headers.Location);
    }

    public void Dispose() => Http.Dispose();
}
