namespace ExportFunctions.Functions.Schedules;

/// <summary>The paths of schedules, without a leading slash.</summary>
internal static class ScheduleRoutes
{
    public const string Schedules = "api/v1/schedules";

    /// <summary>The paths of the system this one replaces.</summary>
    public const string ImportExport = "api/v1/import-export/schedules";

    public static string Of(Guid id) => $"/{Schedules}/{id}";
}
