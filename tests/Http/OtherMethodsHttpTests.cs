using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Http;

public sealed class OtherMethodsHttpTests
{
    [Theory]
    [InlineData("/api/v1/exports", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/api/v1/exports/", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/API/v1/Exports", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/api/v1/exports/anything", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("/api/v1/exports/anything/cancel", "OPTIONS, POST")]
    [InlineData("/api/v1/schedules/preview", "DELETE, GET, HEAD, OPTIONS, POST, PUT")]
    [InlineData("/api/docs", "GET, HEAD, OPTIONS")]
    public void Answer_SaysWhatThePathTakes(string path, string allowed)
    {
        var (options, allowOfOptions) = Answer("OPTIONS", path);
        var (patch, allowOfPatch) = Answer("PATCH", path);

        Assert.Equal((204, allowed), (Status(options), allowOfOptions));
        Assert.Equal((405, allowed), (Status(patch), allowOfPatch));
        Assert.Equal($"It takes {allowed}.", Assert.IsType<Problem>(Assert.IsAssignableFrom<IValueHttpResult>(patch).Value).Detail);
    }

    [Theory]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("OPTIONS", "/api/v1/exports/a/b/c")]
    [InlineData("POST", "/api/v2/exports")]
    public void Answer_Is404_WhenNoCallHasThePath(string method, string path)
    {
        var (result, allow) = Answer(method, path);

        Assert.Equal((404, ""), (Status(result), allow));
        Assert.Equal(
            "urn:exportfunctions:problem:path-not-found",
            Assert.IsType<Problem>(Assert.IsAssignableFrom<IValueHttpResult>(result).Value).Type);
    }

    private static (IResult Result, string Allow) Answer(string method, string path)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path } };
        var result = OtherMethodsHttp.Answer(context.Request);
        return (result, context.Response.Headers.Allow.ToString());
    }

    private static int? Status(IResult result) => Assert.IsAssignableFrom<IStatusCodeHttpResult>(result).StatusCode;
}
