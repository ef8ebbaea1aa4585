using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>The export responses under the names of the earlier system.</summary>
internal static class EarlierExportsJson
{
    /// <summary>The names that differ.</summary>
    public static EarlierNames Names { get; } = new(
        ExportsApiJson.Default,
        [
            new(typeof(RecordListResponse<ExportResponse>), "items", "exports"),
        ]);
}
