using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Finds a schedule by its id, or by its name if that is unique.</summary>
internal static class ScheduleFinding
{
    public const string Schedules = "api/v1/schedules";

    /// <summary>The schedule's id.</summary>
    /// <exception cref="CommandFailedException">There is none, or several, or the app can't be reached.</exception>
    public static async Task<(string Id, string Name)> FindScheduleAsync(this ApiCall call, string idOrName)
    {
        if (Guid.TryParse(idOrName, out var id))
        {
            var found = await call.GetAsync($"{Schedules}/{id}");
            return (Answers.Text(found, "id"), Answers.Text(found, "name"));
        }

        var all = await call.Api.ListAsync($"{Schedules}?pageSize=500", max: null, call.CancellationToken);
        var named = all.Where(
            schedule => string.Equals(schedule!["name"]!.GetValue<string>(), idOrName, StringComparison.OrdinalIgnoreCase)).ToList();
        return named switch
        {
            [{ } only] => (Answers.Text(only, "id"), Answers.Text(only, "name")),
            [] => throw new CommandFailedException($"There is no schedule \"{idOrName}\": schedules list shows those there are."),
            _ => throw new CommandFailedException(
                $"{named.Count} schedules are called \"{idOrName}\". Give an id instead:{string.Concat(named.Select(Line))}"),
        };
    }

    private static string Line(JsonNode? schedule) =>
        $"{Environment.NewLine}- {Answers.Text(schedule, "id")}: {Answers.Text(schedule, "inWords")}";
}
