using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Answers with problem details.</summary>
internal static class ProblemResults
{
    public static IResult ToResult(this Problem problem) =>
        TypedResults.Json(problem, ApiJson.Default.Problem, Problem.ContentType, problem.Status);
}
