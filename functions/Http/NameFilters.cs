using ExportFunctions.Datasets;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Reads list filters that name a dataset or a format. A name unknown to the app is rejected, even if old records have it: those are listed
/// without the filter.
/// </summary>
public sealed class NameFilters(DatasetCatalog datasets, FormatCatalog formats)
{
    /// <summary>Reads the dataset; null when it is missing or unknown. An unknown one is reported.</summary>
    internal string? Dataset(IQueryCollection query, RequestNames names, FieldErrors errors)
    {
        var name = Given(query, names, "dataset");
        if (PageQuery.Text(query, name) is not { } text)
            return null;
        if (datasets.Find(text) is { } dataset)
            return dataset.Name;

        errors.Add(name, FieldMessages.NotOneOf(text, [.. datasets.Names]));
        return null;
    }

    /// <summary>Reads the format; null when it is missing or unknown. An unknown one is reported.</summary>
    internal string? Format(IQueryCollection query, RequestNames names, FieldErrors errors) =>
        Format(query, Given(query, names, "format"), errors);

    /// <summary>
    /// Reads the format from a parameter of another name; null when it is missing or unknown. An unknown one is reported.
    /// </summary>
    internal string? Format(IQueryCollection query, string name, FieldErrors errors)
    {
        if (PageQuery.Text(query, name) is not { } text)
            return null;
        if (formats.Find(text) is { } format)
            return format.Name;

        errors.Add(name, FieldMessages.NotOneOf(text, formats.Names));
        return null;
    }

    private static string Given(IQueryCollection query, RequestNames names, string standard) =>
        query.ContainsKey(standard) ? standard : names.Preferred(standard);
}
