using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Formats;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Requests;

/// <summary>Reads and checks requests, field by field, and says everything that is wrong at once. The same reader serves HTTP and the worker, so that a stored request is judged by today's definitions.</summary>
public sealed class ExportRequestReader(
    DatasetCatalog datasets, FormatCatalog formats, AddressListReader notify, IOptions<ExportOptions> exports)
{
    /// <summary>The most levels of nesting a body may have.</summary>
    public const int MaxDepth = 64;

    private const string DefaultFormat = "excel";
    private static readonly string[] Fields = ["dataset", "format", "filter", "columns", "sort", "offset", "limit", "fileName", "options", "retry", "notify", "attachFile", "snapshot"];

    private readonly RetryPolicyReader _retries = new(exports.Value.DefaultRetry);

    /// <summary>How a body is parsed: strict JSON, at most <see cref="MaxDepth"/> levels.</summary>
    public static JsonDocumentOptions JsonOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>The datasets that requests are checked against.</summary>
    internal DatasetCatalog Datasets => datasets;

    /// <summary>The formats there are.</summary>
    internal FormatCatalog Formats => formats;

    /// <summary>Reads whom to tell.</summary>
    internal AddressListReader Addresses => notify;

    /// <summary>Reads a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="formatParameter">The <c>format</c> query parameter; null when absent.</param>
    /// <param name="names">Which names the fields go by.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The request; null when anything is wrong.</returns>
    public ExportRequest? Read(JsonElement body, string? formatParameter, RequestNames names, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object such as {\"dataset\": \"students\", \"format\": \"csv\"}.");
            return null;
        }

        CheckNames(body, names, errors);
        var datasetField = names.Pick(body, "dataset");
        var dataset = ReadDataset(body, datasetField, errors);
        var format = ReadFormat(body, formatParameter, names.Pick(body, "format"), errors);
        var options = WriterOptionsReader.Read(Property(body, "options"), format?.Name, errors);
        var extension = format?.FileExtensionOf(options);
        var fileName = FileNameReader.Read(body, names.Pick(body, "fileName"), extension, errors);
        var retry = _retries.Read(body, errors);
        var told = notify.Read(Property(body, "notify"), "notify", errors);
        notify.ReadAttachFile(Property(body, "attachFile"), errors);
        var snapshot = ReadSnapshot(body, errors);
        var rows = RowQueryReader.Read(body, dataset, errors, out var columns);
        if (rows is not null)
            CheckSort(rows, errors);
        if (columns is not null)
            format?.Check(columns, options, errors);
        if (!errors.IsEmpty || dataset is null || format is null || rows is null)
            return null;

        var json = StoredRequest.Write(body, dataset.Name, format.Name, fileName);
        if (SplitRequest.IsTooLarge(json))
        {
            const int Kilobytes = SplitRequest.MaxRecordBytes / 1024;
            errors.Add("", $"The request has more than {Kilobytes} KB beside its filter. Leave out blank space, columns or options.");
            return null;
        }

        return new ExportRequest
        {
            Rows = rows,
            CheckedAgainst = datasets.IdentityOf(dataset),
            IsOfAllColumns = Property(body, "columns") is null,
            Format = format,
            Options = options,
            FileName = fileName,
            Retry = retry,
            Notify = told,
            IsSnapshot = snapshot,
            Json = json,
        };
    }

    private static JsonElement? Property(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void CheckNames(JsonElement body, RequestNames names, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            var standard = names.StandardOf(property.Name);
            if (!Fields.Contains(standard, StringComparer.Ordinal))
                errors.Add(NearestName.Shown(property.Name), $"Unknown field{NearestName.Suggest(property.Name, Fields.Select(names.Preferred))} The fields are {string.Join(", ", Fields.Select(names.Preferred))}.");
            else if (!seen.Add(standard))
                errors.Add(property.Name, $"The field is given twice. Keep one {names.Preferred(standard)}.");
        }
    }

    private static bool ReadSnapshot(JsonElement body, FieldErrors errors)
    {
        if (Property(body, "snapshot") is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add("snapshot", "Must be true or false, such as true.");

        return value.ValueKind == JsonValueKind.True;
    }

    private void CheckSort(RowQuery rows, FieldErrors errors)
    {
        var max = SelectWidth.MaxSortKeys(rows.Dataset, datasets.SourceOf(rows.Dataset).Provider, rows.Columns.Count);

        // What a language's order holds equal is sorted once more, by its bytes.
        if (rows.Sort.Sum(key => key.Collation is null ? 1 : 2) > max)
            errors.Add("sort", $"Has too many columns beside the {rows.Columns.Count} that are read: the database takes {max} at most.");
    }

    private Dataset? ReadDataset(JsonElement body, string field, FieldErrors errors)
    {
        if (Property(body, field) is not { } value)
        {
            errors.Add(field, $"Required. The datasets are {string.Join(", ", datasets.Names)}.");
            return null;
        }

        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (datasets.Find(name) is { } dataset)
            return dataset;

        errors.Add(field, datasets.UnknownMessage(name));
        return null;
    }

    private IFileFormat? ReadFormat(JsonElement body, string? parameter, string field, FieldErrors errors)
    {
        var given = Property(body, field);
        var name = given is null ? parameter ?? DefaultFormat : given.Value.ValueKind == JsonValueKind.String ? given.Value.GetString() : null;
        if (name is null || formats.Find(name) is not { } format)
            errors.Add(field, $"Must be one of {string.Join(", ", formats.Names)}.");
        else if (parameter is not null && formats.Find(parameter) != format)
            errors.Add(field, "The body and the query parameter name different formats. Give one of them.");
        else
            return format;

        return null;
    }
}
