using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Writes reports of how exports performed.</summary>
public sealed class ReportHttp(ReportWriter reports, TimeProvider time, HttpAnswers answers)
{
    // A report needs nothing but its own styles.
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    [Function("GetPerformanceReport")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = MonitoringRoutes.Performance + "/report")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var format = ReadFormat(PageQuery.Text(request.Query, "format"), errors);
        var window = PerformanceQueryReader.Read(request.Query, RequestNames.Standard, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        // Here format is the report's own; exports are narrowed by exportFormat.
        var report = await reports.GatherAsync(window with { Format = PageQuery.Text(request.Query, "exportFormat") }, cancellationToken);
        if (format == ReportFormat.Html)
            request.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return TypedResults.Text(ReportWriter.Write(report, format), ReportWriter.ContentTypeOf(format));
    }

    private static ReportFormat ReadFormat(string? text, FieldErrors errors)
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            if (string.Equals(text ?? "html", format.ToString().ToLowerInvariant(), StringComparison.Ordinal))
                return format;
        }

        errors.Add("format", $"Must be one of {string.Join(", ", Enum.GetNames<ReportFormat>().Select(name => name.ToLowerInvariant()))}, such as html.");
        return default;
    }
}
