using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Local.Http;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Calls the API of an app, and explains failures in plain words.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _root;
    private readonly string? _key;

    /// <summary>Creates a client.</summary>
    /// <param name="app">The app's address.</param>
    /// <param name="key">The function key; null when none is required.</param>
    public ApiClient(Uri app, string? key)
    {
        // Redirects are followed manually: the app's key must not be sent to storage.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _root = new Uri(app.AbsoluteUri.TrimEnd('/') + "/");
        _key = key;
    }

    /// <summary>Calls the app and deserializes its response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the app's address.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="type">The type of the response.</param>
    /// <exception cref="CommandFailedException">The request is refused, or the app can't be reached.</exception>
    public Task<T> ReadAsync<T>(
        HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(method, path, body, ifMatch: null, async response =>
            await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("null"), cancellationToken);

    /// <summary>Calls the app and returns its response as it is.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the app's address.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="ifMatch">The ETag of the state to change; null for none.</param>
    /// <returns>The response, an empty object when there is none, and its ETag.</returns>
    /// <exception cref="CommandFailedException">The request is refused, or the app can't be reached.</exception>
    public Task<(JsonNode Answer, string? ETag)> ReadAsync(
        HttpMethod method, string path, CancellationToken cancellationToken, JsonObject? body = null, string? ifMatch = null) =>
        ReadAsync(method, path, body, ifMatch, async response =>
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var answer = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? throw new JsonException("null");
            return (answer, response.Headers.ETag?.ToString());
        }, cancellationToken);

    /// <summary>All pages of a list, combined.</summary>
    /// <param name="path">The list's path, with its query.</param>
    /// <param name="max">The maximum number of items; null for all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="CommandFailedException">The request is refused, or the app can't be reached.</exception>
    public async Task<JsonArray> ListAsync(string path, int? max, CancellationToken cancellationToken)
    {
        var items = new JsonArray();
        string? token = null;
        do
        {
            var rest = token is null
                ? ""
                : $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}continuationToken={Uri.EscapeDataString(token)}";
            var (page, _) = await ReadAsync(HttpMethod.Get, path + rest, cancellationToken);
            foreach (var item in page["items"]?.AsArray() ?? [])
            {
                if (items.Count == max)
                    return items;

                items.Add(item?.DeepClone());
            }

            token = page["continuationToken"]?.GetValue<string>();
        }
        while (token is not null);

        return items;
    }

    private async Task<T> ReadAsync<T>(
        HttpMethod method,
        string path,
        JsonObject? body,
        string? ifMatch,
        Func<HttpResponseMessage, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, body, cancellationToken, ifMatch);
        try
        {
            return await read(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CommandFailedException(
                $"{_root.GetLeftPart(UriPartial.Authority)} broke off its answer: check that the app still runs there.", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandFailedException(
                $"What answers at {_root.GetLeftPart(UriPartial.Authority)} is not this app: check --url.", exception);
        }
    }

    /// <summary>Calls the app; the caller disposes the response, which is a successful one.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the app's address.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="ifMatch">The ETag of the state to change; null for none.</param>
    /// <exception cref="CommandFailedException">The request is refused, or the app can't be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken, string? ifMatch = null)
    {
        var url = new Uri(_root, path);
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (_key is not null)
            request.Headers.Add(FunctionKey.Header, _key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);

        var response = await SendWithoutKeyAsync(request, cancellationToken);
        if (response is { StatusCode: HttpStatusCode.Found, Headers.Location: { } link })
        {
            response.Dispose();
            using var redirected = new HttpRequestMessage(HttpMethod.Get, new Uri(url, link));
            response = await SendWithoutKeyAsync(redirected, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw new CommandFailedException(Describe(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken)));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendWithoutKeyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            // Only the authority: a link to storage has its signature in the query.
            throw new CommandFailedException(
                $"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} can't be reached: check that the app runs there.", exception);
        }
    }

    private static string Describe(HttpStatusCode status, string text)
    {
        Problem? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(text, ApiJson.Default.Problem);
        }
        catch (JsonException)
        {
            // Not every proxy in between returns problem details.
        }

        var errors = problem?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal);
        var lines = new List<string>
        {
            status switch
            {
                HttpStatusCode.BadRequest when errors.Count > 0 => "Correct this and run the command again:",
                HttpStatusCode.ServiceUnavailable when problem?.Type?.EndsWith(":storage-unavailable", StringComparison.Ordinal) == true =>
                    "The app's storage can't be reached: run the command again later.",
                HttpStatusCode.PreconditionFailed => "It was changed meanwhile: look at it, and run the command again.",
                _ => problem?.Detail ?? problem?.Title ?? string.Create(
                    CultureInfo.InvariantCulture, $"The app answered {(int)status} ({status})."),
            },
        };
        foreach (var (field, messages) in errors)
            lines.AddRange(messages.Select(message => field.Length == 0 ? $"- {message}" : $"- {FieldOptions.Of(field)}: {message}"));

        if (status == HttpStatusCode.Unauthorized)
            lines.Add("Give the function key with --key.");

        return string.Join(Environment.NewLine, lines);
    }
}
