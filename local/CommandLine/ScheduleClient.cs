using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Calls the schedules API.</summary>
/// <param name="app">Where the app is.</param>
/// <param name="key">The function key; null when none is asked for.</param>
internal sealed class ScheduleClient(Uri app, string? key) : IDisposable
{
    private const string Schedules = "api/v1/schedules";
    private readonly ApiClient _api = new(app, key);

    /// <summary>Every schedule, newest first, page by page.</summary>
    /// <exception cref="CommandFailedException">The app can't be reached.</exception>
    public async Task<IReadOnlyList<ScheduleView>> ListAsync(CancellationToken cancellationToken)
    {
        var schedules = new List<ScheduleView>();
        string? token = null;
        do
        {
            var rest = token is null ? "" : $"&continuationToken={Uri.EscapeDataString(token)}";
            var page = await _api.ReadAsync(HttpMethod.Get, $"{Schedules}?pageSize=500{rest}", body: null, ApiJson.Default.ScheduleListView, cancellationToken);
            schedules.AddRange(page.Items);
            token = page.ContinuationToken;
        }
        while (token is not null);

        return schedules;
    }

    /// <summary>Finds a schedule by its id, or by its name where only one has it.</summary>
    /// <exception cref="CommandFailedException">There is none, or several, or the app can't be reached.</exception>
    public async Task<ScheduleView> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(idOrName, out var id))
            return await _api.ReadAsync(HttpMethod.Get, $"{Schedules}/{id}", body: null, ApiJson.Default.ScheduleView, cancellationToken);

        var all = await ListAsync(cancellationToken);
        var named = all.Where(schedule => string.Equals(schedule.Name, idOrName, StringComparison.OrdinalIgnoreCase)).ToList();
        return named switch
        {
            [var only] => only,
            [] => throw new CommandFailedException($"There is no schedule \"{idOrName}\": schedules list shows those there are."),
            _ => throw new CommandFailedException(
                $"{named.Count} schedules are called \"{idOrName}\". Give an id instead:{string.Concat(named.Select(schedule => $"{Environment.NewLine}- {schedule.Id}: {schedule.InWords}"))}"),
        };
    }

    /// <summary>Makes a schedule.</summary>
    /// <exception cref="CommandFailedException">It is refused, or the app can't be reached.</exception>
    public Task<ScheduleView> AddAsync(JsonObject schedule, CancellationToken cancellationToken) =>
        _api.ReadAsync(HttpMethod.Post, Schedules, schedule, ApiJson.Default.ScheduleView, cancellationToken);

    /// <summary>When a schedule is due next.</summary>
    /// <exception cref="CommandFailedException">It is gone, or the app can't be reached.</exception>
    public async Task<IReadOnlyList<OccurrenceView>> NextAsync(string id, CancellationToken cancellationToken) =>
        (await _api.ReadAsync(HttpMethod.Get, $"{Schedules}/{id}/next", body: null, ApiJson.Default.OccurrenceListView, cancellationToken)).Items;

    /// <summary>Pauses or resumes a schedule.</summary>
    /// <exception cref="CommandFailedException">It is gone, or the app can't be reached.</exception>
    public Task<ScheduleView> ChangeAsync(string id, string action, CancellationToken cancellationToken) =>
        _api.ReadAsync(HttpMethod.Post, $"{Schedules}/{id}/{action}", body: null, ApiJson.Default.ScheduleView, cancellationToken);

    /// <summary>Runs a schedule now.</summary>
    /// <exception cref="CommandFailedException">It is refused, or the app can't be reached.</exception>
    public Task<StartedRunView> RunAsync(string id, CancellationToken cancellationToken) =>
        _api.ReadAsync(HttpMethod.Post, $"{Schedules}/{id}/run", body: null, ApiJson.Default.StartedRunView, cancellationToken);

    /// <summary>Removes a schedule.</summary>
    /// <exception cref="CommandFailedException">It is gone, or the app can't be reached.</exception>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        (await _api.SendAsync(HttpMethod.Delete, $"{Schedules}/{id}", body: null, cancellationToken)).Dispose();

    public void Dispose() => _api.Dispose();
}
