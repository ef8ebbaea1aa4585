namespace ExportFunctions.Functions.Exports;

/// <summary>The paths of exports, without a leading slash.</summary>
internal static class ExportRoutes
{
    public const string Exports = "api/v1/exports";

    /// <summary>The paths of the system this one replaces.</summary>
    public const string ImportExport = "api/v1/import-export/exports";
}
