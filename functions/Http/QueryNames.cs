using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// The query parameters that each call accepts. Any other is rejected, like an unknown field in a body: otherwise a misspelled filter would
/// return everything.
/// </summary>
internal sealed class QueryNames
{
    // The parameters for a function key and its name.
    private static readonly string[] OfTheHost = ["code", "clientId"];

    private static readonly string[] Page = ["pageSize", "continuationToken"];
    private static readonly string[] Exports = ["status", "dataset", "format", "from", "to", .. Page];
    private static readonly string[] Metrics = ["from", "to", "dataset", "format", "outcome", .. Page];
    private static readonly string[] Window = ["days", "from", "to", "dataset", "format"];

    private readonly Dictionary<string, string> _standards = new(StringComparer.OrdinalIgnoreCase);
    private readonly RequestNames _names;

    private QueryNames(params string[] standards)
        : this(RequestNames.Standard, standards)
    {
    }

    private QueryNames(RequestNames names, params string[] standards)
    {
        _names = names;
        foreach (var standard in standards)
        {
            _standards[standard] = standard;
            _standards[names.Preferred(standard)] = standard;
        }
    }

    /// <summary>Calls without parameters.</summary>
    public static QueryNames None { get; } = new();

    public static QueryNames ExportCreation { get; } = new("format");

    public static QueryNames ImportExportCreation { get; } = new(RequestNames.ImportExport, "format");

    public static QueryNames ExportList { get; } = new(Exports);

    public static QueryNames ImportExportList { get; } = new(RequestNames.ImportExport, Exports);

    /// <summary>Lists without filters.</summary>
    public static QueryNames List { get; } = new(Page);

    public static QueryNames ScheduleOccurrences { get; } = new("count");

    public static QueryNames DeliveryList { get; } = new(["event", "state", "exportId", "webhookId", .. Page]);

    public static QueryNames WebhookTest { get; } = new("event");

    public static QueryNames Cleanup { get; } = new("dryRun");

    public static QueryNames MetricList { get; } = new(Metrics);

    public static QueryNames ImportExportMetricList { get; } = new(RequestNames.ImportExport, Metrics);

    public static QueryNames Performance { get; } = new(Window);

    public static QueryNames ImportExportPerformance { get; } = new(RequestNames.ImportExport, Window);

    public static QueryNames SlowestExports { get; } = new([.. Window, "count"]);

    public static QueryNames SlowestImportExports { get; } = new(RequestNames.ImportExport, [.. Window, "count"]);

    public static QueryNames PerformanceReport { get; } = new([.. Window, "exportFormat"]);

    public static QueryNames AlertList { get; } = new(["acknowledged", .. Page]);

    /// <summary>The page's script; its version keeps browsers from using an old cached one.</summary>
    public static QueryNames DocsScript { get; } = new("v");

    /// <summary>Every name a parameter may have.</summary>
    public IEnumerable<string> All => _standards.Keys;

    /// <summary>Checks that every parameter is known and given only once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="errors">Receives the errors.</param>
    public void Check(IQueryCollection query, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            if (_standards.TryGetValue(name, out var standard))
            {
                if (values.Count > 1 || !seen.Add(standard))
                    errors.Add(name, FieldMessages.Twice(_names.Preferred(standard)));
            }
            else if (!OfTheHost.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(NearestName.Shown(name), Unknown(name));
            }
        }
    }

    /// <summary>The problem with a call's query; null when there is none. For calls with nothing else to validate.</summary>
    public IResult? Refuse(HttpRequest request)
    {
        var errors = new FieldErrors();
        Check(request.Query, errors);
        return errors.IsEmpty ? null : ProblemCatalog.InvalidRequest(errors).ToResult();
    }

    private string Unknown(string name)
    {
        if (_standards.Count == 0)
            return "Unknown query parameter. This call takes none.";

        var known = _standards.Values.Distinct(StringComparer.Ordinal).Select(_names.Preferred).ToList();
        return $"Unknown query parameter{NearestName.Suggest(name, _standards.Keys)} This call takes {string.Join(", ", known)}.";
    }
}
