using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Formats;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// Reads and validates requests field by field, and reports all errors at once. HTTP and the worker use the same reader, so a stored
/// request is validated against the current definitions.
/// </summary>
public sealed class ExportRequestReader(
    DatasetCatalog datasets, FormatCatalog formats, AddressListReader notify, IOptions<ExportOptions> exports)
{
    /// <summary>The maximum nesting depth of a body.</summary>
    public const int MaxDepth = 64;

    private const string DefaultFormat = "excel";

    private static readonly string[] Fields =
        ["dataset", "format", .. RowQueryReader.Fields, "fileName", "options", "retry", "notify", "attachFile", "snapshot"];

    private readonly RetryPolicyReader _retries = new(exports.Value.DefaultRetry);

    /// <summary>How a body is parsed: strict JSON, at most <see cref="MaxDepth"/> levels.</summary>
    public static JsonDocumentOptions JsonOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>The datasets that requests are validated against.</summary>
    internal DatasetCatalog Datasets => datasets;

    /// <summary>The available formats.</summary>
    internal FormatCatalog Formats => formats;

    /// <summary>Reads the notification addresses.</summary>
    internal AddressListReader Addresses => notify;

    /// <summary>The fields of a stored request.</summary>
    internal static JsonShape StoredShape { get; } = ShapeFor(RequestNames.Standard);

    /// <summary>Reads a stored request and validates it against the current definitions.</summary>
    /// <param name="json">The request, as in <see cref="ExportRequest.Json"/>.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The request; null when there is any error.</returns>
    public ExportRequest? ReadStored(string json, FieldErrors errors) =>
        Read(StoredRequest.Parse(json).Json, formatParameter: null, RequestNames.Standard, errors);

    /// <summary>Reads a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="formatParameter">The <c>format</c> query parameter; null when absent.</param>
    /// <param name="names">The field names to accept.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The request; null when there is any error.</returns>
    public ExportRequest? Read(JsonElement body, string? formatParameter, RequestNames names, FieldErrors errors)
    {
        if (JsonFields.Open(body, ShapeFor(names), errors) is not { } fields)
            return null;

        var dataset = ReadDataset(fields);
        var format = ReadFormat(fields, formatParameter);
        var options = WriterOptionsReader.Read(fields.Given("options"), format?.Name, errors);
        var fileName = FileNameReader.Read(fields, format?.FileExtensionOf(options));
        var retry = _retries.Read(fields);
        var told = notify.Read(fields, "notify");
        notify.ReadAttachFile(fields);
        var snapshot = fields.Flag("snapshot");
        var rows = RowQueryReader.Read(fields, dataset, out var columns);
        if (rows is not null)
            CheckSort(rows, errors);
        if (columns is not null)
            format?.Check(columns, options, errors);
        if (!errors.IsEmpty || dataset is null || format is null || rows is null)
            return null;

        var json = StoredRequest.Write(fields, dataset.Name, format.Name, fileName);
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
            IsOfAllColumns = fields.Given("columns") is null,
            Format = format,
            Options = options,
            FileName = fileName,
            Retry = retry,
            Notify = told,
            IsSnapshot = snapshot,
            Json = json,
        };
    }

    /// <summary>A valid request as JSON.</summary>
    /// <param name="names">The field names to use.</param>
    internal static string ExampleFor(RequestNames names) =>
        $"{{\"{names.Preferred("dataset")}\": \"students\", \"{names.Preferred("format")}\": \"csv\"}}";

    private static JsonShape ShapeFor(RequestNames names) => new(Fields, ExampleFor(names)) { Aliases = names.Aliases };

    private void CheckSort(RowQuery rows, FieldErrors errors)
    {
        var max = SelectWidth.MaxSortKeys(rows.Dataset, datasets.SourceOf(rows.Dataset).Provider, rows.Columns.Count);

        // Strings that a language's collation treats as equal are sorted again by their bytes.
        if (rows.Sort.Sum(key => key.Collation is null ? 1 : 2) > max)
            errors.Add("sort", $"Has too many columns beside the {rows.Columns.Count} that are read: the database takes {max} at most.");
    }

    private Dataset? ReadDataset(JsonFields fields)
    {
        const string Name = "dataset";
        string[] names = [.. datasets.Names];
        return fields.Required(Name, FieldMessages.OneOf(names)) is not null && fields.OneOf(Name, names) is { } name
            ? datasets.Find(name)
            : null;
    }

    private IFileFormat? ReadFormat(JsonFields fields, string? parameter)
    {
        const string Name = "format";
        var ofParameter = parameter is null ? null : formats.Find(parameter);
        if (fields.Given(Name) is null)
        {
            if (parameter is not null && ofParameter is null)
                fields.Fail(Name, FieldMessages.NotOneOf(parameter, formats.Names));
            return parameter is null ? formats.Find(DefaultFormat) : ofParameter;
        }

        if (fields.OneOf(Name, formats.Names, text => formats.Find(text)?.Name) is not { } name)
            return null;
        if (parameter is null || ofParameter?.Name == name)
            return formats.Find(name);

        fields.Fail(Name, "The body and the query parameter name different formats. Give one of them.");
        return null;
    }
}
