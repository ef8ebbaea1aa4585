using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Http;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Calls the exports API.</summary>
internal sealed class ExportClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _exports;
    private readonly string? _key;

    /// <summary>Makes a client.</summary>
    /// <param name="app">Where the app is.</param>
    /// <param name="key">The function key; null when none is asked for.</param>
    public ExportClient(Uri app, string? key)
    {
        // Redirects are followed by hand: storage must not be given the app's key.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _exports = new Uri(new Uri(app.AbsoluteUri.TrimEnd('/') + "/"), "api/v1/exports");
        _key = key;
    }

    /// <summary>Asks for an export.</summary>
    /// <exception cref="ExportFailedException">It is refused, or the app can't be reached.</exception>
    public Task<ExportJobView> SubmitAsync(JsonObject request, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, _exports, new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json"), cancellationToken);

    /// <summary>How far the job is.</summary>
    /// <exception cref="ExportFailedException">It is gone, or the app can't be reached.</exception>
    public Task<ExportJobView> GetAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, UrlOf(id), content: null, cancellationToken);

    /// <summary>Asks the job to stop.</summary>
    /// <exception cref="ExportFailedException">It has ended, or the app can't be reached.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, new Uri(UrlOf(id).AbsoluteUri + "/cancel"), content: null, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
    }

    /// <summary>Opens the finished file.</summary>
    /// <exception cref="ExportFailedException">There is none, or it can't be reached.</exception>
    public async Task<HttpResponseMessage> OpenFileAsync(string id, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Get, new Uri(UrlOf(id).AbsoluteUri + "/file"), content: null, cancellationToken);
        if (response is { StatusCode: HttpStatusCode.Found, Headers.Location: { } link })
        {
            response.Dispose();
            response = await SendWithoutKeyAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_exports, link)), cancellationToken);
        }

        await ThrowIfRefusedAsync(response, cancellationToken);
        return response;
    }

    public void Dispose() => _http.Dispose();

    private Uri UrlOf(string id) => new($"{_exports.AbsoluteUri}/{Uri.EscapeDataString(id)}");

    private async Task<ExportJobView> CallAsync(HttpMethod method, Uri url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, url, content, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(ExportJobJson.Default.ExportJobView, cancellationToken)
                ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new ExportFailedException($"What answers at {url.GetLeftPart(UriPartial.Authority)} is not this app: check --url.", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (_key is not null)
            request.Headers.Add(FunctionKey.Header, _key);

        return await SendWithoutKeyAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendWithoutKeyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            // The authority only: a link to storage is signed in its query.
            throw new ExportFailedException($"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} can't be reached: check that the app runs there.", exception);
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new ExportFailedException(Describe(response.StatusCode, text));
    }

    private static string Describe(HttpStatusCode status, string text)
    {
        Problem? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(text, ExportJobJson.Default.Problem);
        }
        catch (JsonException)
        {
            // Not every server in between speaks problem details.
        }

        var lines = new List<string>
        {
            problem?.Detail ?? problem?.Title ?? string.Create(CultureInfo.InvariantCulture, $"The app answered {(int)status} ({status})."),
        };
        foreach (var (field, messages) in problem?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
            lines.AddRange(messages.Select(message => field.Length == 0 ? $"- {message}" : $"- {field}: {message}"));

        if (status == HttpStatusCode.Unauthorized)
            lines.Add("Give the function key with --key.");

        return string.Join(Environment.NewLine, lines);
    }
}
