using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Responds with problem details.</summary>
internal static class ProblemResults
{
    // People read these: a quote is written as \" rather than \u0022, and Greek as Greek. No client treats this media type as HTML.
    private static readonly JsonTypeInfo<Problem> Plain = (JsonTypeInfo<Problem>)new JsonSerializerOptions(ProblemJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.GetTypeInfo(typeof(Problem));

    public static IResult ToResult(this Problem problem) => TypedResults.Json(problem, Plain, Problem.ContentType, problem.Status);
}
