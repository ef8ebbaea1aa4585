using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Shows how exports perform.</summary>
public sealed class PerformanceHttp(PerformanceReader performance, NameFilters filters, TimeProvider time, HttpAnswers answers)
{
    private const int DefaultSlowest = 10;

    [Function("GetPerformance")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Performance)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.Performance, errors => ShowAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("GetImportExportPerformance")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.ImportExportPerformance)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request,
            QueryNames.ImportExportPerformance,
            errors => ShowAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    [Function("GetSlowestExports")]
    public Task<IResult> SlowestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Performance + "/slowest")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.SlowestExports, errors => ShowSlowestAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("GetSlowestImportExports")]
    public Task<IResult> SlowestImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.ImportExportPerformance + "/slowest")]
        HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request,
            QueryNames.SlowestImportExports,
            errors => ShowSlowestAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var query = ReadQuery(request, names, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var summary = await performance.ReadAsync(query, cancellationToken);
        return TypedResults.Json(PerformanceResponse.Of(summary), MonitoringApiJson.Default.PerformanceResponse);
    }

    private async Task<IResult> ShowSlowestAsync(
        HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var query = ReadQuery(request, names, errors);
        var count = PageQuery.ReadNumber(request.Query, "count", PerformanceReader.MaxSlowest, DefaultSlowest, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var slowest = await performance.SlowestAsync(query, count, cancellationToken);
        return TypedResults.Json(
            new SlowestResponse(query.From, query.To, slowest),
            EarlierMonitoringJson.Names.For(names, MonitoringApiJson.Default.SlowestResponse));
    }

    private PerformanceQuery ReadQuery(HttpRequest request, RequestNames names, FieldErrors errors)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return PerformanceQueryReader.Read(
            request.Query, names, filters, today, errors) with
        { Format = filters.Format(request.Query, names, errors) };
    }
}
