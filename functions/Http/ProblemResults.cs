using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Answers with problem details.</summary>
internal static class ProblemResults
{
    // People read these: a name in quotes comes as \" rather than \u0022, and Greek as Greek. Nothing takes this media type for HTML.
    private static readonly JsonTypeInfo<Problem> Plain = (JsonTypeInfo<Problem>)new JsonSerializerOptions(ProblemJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.GetTypeInfo(typeof(Problem));

    public static IResult ToResult(this Problem problem) => TypedResults.Json(problem, Plain, Problem.ContentType, problem.Status);
}
