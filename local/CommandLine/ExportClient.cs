using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Calls the exports API.</summary>
/// <param name="api">Calls the app; disposed with this.</param>
internal sealed class ExportClient(ApiClient api) : IDisposable
{
    private const string Exports = "api/v1/exports";

    /// <summary>Requests an export.</summary>
    /// <exception cref="CommandFailedException">The request is refused, or the app can't be reached.</exception>
    public Task<ExportJobView> SubmitAsync(JsonObject request, CancellationToken cancellationToken) =>
        api.ReadAsync(HttpMethod.Post, Exports, request, ApiJson.Default.ExportJobView, cancellationToken);

    /// <summary>Reads the job's current state.</summary>
    /// <exception cref="CommandFailedException">It no longer exists, or the app can't be reached.</exception>
    public Task<ExportJobView> GetAsync(string id, CancellationToken cancellationToken) =>
        api.ReadAsync(HttpMethod.Get, PathOf(id), body: null, ApiJson.Default.ExportJobView, cancellationToken);

    /// <summary>Requests cancellation of the job.</summary>
    /// <exception cref="CommandFailedException">It has ended, or the app can't be reached.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken) =>
        (await api.SendAsync(HttpMethod.Post, PathOf(id) + "/cancel", body: null, cancellationToken)).Dispose();

    /// <summary>Opens the finished file.</summary>
    /// <exception cref="CommandFailedException">There is none, or it can't be reached.</exception>
    public Task<HttpResponseMessage> OpenFileAsync(string id, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Get, PathOf(id) + "/file", body: null, cancellationToken);

    public void Dispose() => api.Dispose();

    private static string PathOf(string id) => $"{Exports}/{Uri.EscapeDataString(id)}";
}
