using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Writes reports of how exports performed.</summary>
public sealed class ReportHttp(ReportWriter reports, NameFilters filters, TimeProvider time, HttpAnswers answers)
{
    // A report needs nothing but its own styles.
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Formats = [.. Enum.GetNames<ReportFormat>().Select(name => name.ToLowerInvariant())];

    [Function("GetPerformanceReport")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Performance + "/report")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.PerformanceReport, errors => ShowAsync(request, errors, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        // Here, format means the report's own; exportFormat filters the exports.
        var format = Enum.Parse<ReportFormat>(
            PageQuery.Choose(request.Query, "format", Formats, errors) ?? nameof(ReportFormat.Html), ignoreCase: true);
        var exportFormat = filters.Format(request.Query, "exportFormat", errors);
        var window = PerformanceQueryReader.Read(
            request.Query, RequestNames.Standard, filters, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var report = await reports.GatherAsync(window with { Format = exportFormat }, cancellationToken);
        if (format == ReportFormat.Html)
            request.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return TypedResults.Text(ReportWriter.Write(report, format), ReportWriter.ContentTypeOf(format));
    }
}
