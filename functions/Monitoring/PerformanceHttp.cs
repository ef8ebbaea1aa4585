using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Shows how exports perform.</summary>
public sealed class PerformanceHttp(PerformanceReader performance, TimeProvider time, HttpAnswers answers)
{
    private const int DefaultSlowest = 10;

    [Function("GetPerformance")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = MonitoringRoutes.Performance)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, RequestNames.Standard, cancellationToken));

    [Function("GetImportExportPerformance")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = MonitoringRoutes.ImportExportPerformance)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, RequestNames.ImportExport, cancellationToken));

    [Function("GetSlowestExports")]
    public Task<IResult> SlowestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = MonitoringRoutes.Performance + "/slowest")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowSlowestAsync(request, RequestNames.Standard, cancellationToken));

    [Function("GetSlowestImportExports")]
    public Task<IResult> SlowestImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = MonitoringRoutes.ImportExportPerformance + "/slowest")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowSlowestAsync(request, RequestNames.ImportExport, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, RequestNames names, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = PerformanceQueryReader.Read(request.Query, names, Today(), errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var summary = await performance.ReadAsync(query, cancellationToken);
        return TypedResults.Json(PerformanceResponse.Of(summary), ApiJson.Default.PerformanceResponse);
    }

    private async Task<IResult> ShowSlowestAsync(HttpRequest request, RequestNames names, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = PerformanceQueryReader.Read(request.Query, names, Today(), errors);
        var count = PageQuery.ReadNumber(request.Query, "count", PerformanceReader.MostSlowest, DefaultSlowest, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var slowest = await performance.SlowestAsync(query, count, cancellationToken);
        return TypedResults.Json(new SlowestResponse(query.From, query.To, slowest), ApiJson.Default.SlowestResponse);
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
