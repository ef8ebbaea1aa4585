using ExportFunctions.Datasets;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Datasets;

/// <summary>Shows what can be exported.</summary>
public sealed class DatasetsHttp(DatasetCatalog datasets)
{
    [Function("ListDatasets")]
    public IResult List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/v1/datasets")] HttpRequest request) =>
        QueryNames.None.Refuse(request) ?? TypedResults.Json(
            new ListResponse<DatasetResponse>([.. datasets.Datasets.Select(DatasetResponse.Of)]), DatasetsApiJson.Default.DatasetList);

    [Function("GetDataset")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/v1/datasets/{name}")] HttpRequest request, string name) =>
        QueryNames.None.Refuse(request) ?? Show(name);

    private IResult Show(string name) =>
        datasets.Find(name) is { } dataset
            ? TypedResults.Json(DatasetResponse.Of(dataset), DatasetsApiJson.Default.DatasetResponse)
            : ProblemCatalog.DatasetNotFound(datasets.Datasets.Select(known => known.Name)).ToResult();
}
