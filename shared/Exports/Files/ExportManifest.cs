using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExportFunctions.Datasets;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// The manifest stored beside a file as <c>….manifest.json</c>: enough to verify the file and to see how it was made, without the app.
/// </summary>
/// <param name="Version">The manifest's layout version; 1.</param>
/// <param name="Export">The job's id.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="SchemaHash">
/// The hash of the columns' names and types, by <see cref="HashOf"/>: unchanged as long as a reader may expect the same columns.
/// </param>
/// <param name="Format">The format's name.</param>
/// <param name="FileName">The name people download the file under.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="CreatedAt">When the export was requested.</param>
/// <param name="Request">
/// The request: filter, columns, sort, page and options; without the notification recipients, whose addresses don't belong beside a file.
/// </param>
/// <param name="Rows">The number of records in all parts.</param>
/// <param name="Parts">The files, in order.</param>
/// <param name="Warnings">What could not be written as is.</param>
/// <param name="Versions">The versions of the app and its runtime.</param>
public sealed record ExportManifest(
    int Version,
    Guid Export,
    string Dataset,
    string SchemaHash,
    string Format,
    string FileName,
    string ContentType,
    DateTime CreatedAt,
    JsonElement Request,
    long Rows,
    IReadOnlyList<ExportManifestPart> Parts,
    IReadOnlyCollection<ExportWarning> Warnings,
    ExportManifestVersions Versions)
{
    private const int CurrentVersion = 1;

    /// <summary>The manifest of a published file; the same whichever attempt writes it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="file">The file.</param>
    /// <param name="partName">The file's name in storage, without its folders.</param>
    public static ExportManifest Of(ExportJob job, PublishedFile file, string partName)
    {
        return new ExportManifest(
            CurrentVersion,
            job.Id,
            job.Dataset,
            file.SchemaHash,
            job.Format,
            job.FileName,
            file.ContentType,
            job.CreatedAt.UtcDateTime,
            StoredRequest.Parse(job.RequestJson).WithoutReceivers(),
            file.Rows,
            [new ExportManifestPart(partName, file.Rows, file.Bytes, file.Sha256) { SliceBytes = file.SliceBytes }],
            file.Warnings,
            new ExportManifestVersions(AppVersion(), Environment.Version.ToString()));
    }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of one line per column: name, type and scale separated by tabs, in output order.
    /// </summary>
    /// <param name="columns">The columns.</param>
    public static string HashOf(IEnumerable<DatasetColumn> columns)
    {
        var lines = columns.Select(column => FormattableString.Invariant(
            $"{column.Name}\t{ColumnTypeNames.NameOf(column.Type)}\t{(column.Type == ColumnType.Decimal ? column.Scale : 0)}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    /// <summary>The manifest as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FilesJson.Default.ExportManifest);

    /// <summary>Reads a manifest; null when it isn't one, or its version is unknown.</summary>
    /// <param name="json">The manifest.</param>
    public static ExportManifest? TryParse(BinaryData json)
    {
        try
        {
            return JsonSerializer.Deserialize(
                json.ToMemory().Span, FilesJson.Default.ExportManifest) is { Version: CurrentVersion } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// A manifest without the recipients' addresses that earlier versions included; unchanged when it has none or is not a manifest.
    /// </summary>
    /// <param name="json">The manifest.</param>
    public static BinaryData WithoutAddresses(BinaryData json)
    {
        if (TryParse(json) is not { Request.ValueKind: JsonValueKind.Object } manifest
            || StoredRequest.Parse(manifest.Request.GetRawText()) is not { HasReceivers: true } request)
            return json;

        return new BinaryData((manifest with { Request = request.WithoutReceivers() }).ToJson());
    }

    private static string AppVersion() =>
        typeof(ExportManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <summary>One file of an export.</summary>
/// <param name="Name">Its name in storage, without its folders.</param>
/// <param name="Rows">Its records.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal; for a file written in slices, see <see cref="FileDigest"/>.</param>
public sealed record ExportManifestPart(string Name, long Rows, long Bytes, string Sha256)
{
    /// <summary>
    /// The sizes of the slices the file was written in; <see cref="Sha256"/> is then computed over these slices. Omitted when it was
    /// written in one piece.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? SliceBytes { get; init; }
}

/// <summary>The versions that wrote a file.</summary>
/// <param name="App">The app's.</param>
/// <param name="Runtime">The .NET runtime's.</param>
public sealed record ExportManifestVersions(string App, string Runtime);
