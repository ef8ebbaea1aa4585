using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Http;

public sealed class RequestContentTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    [InlineData("application/json; odata=none")]
    public void ProblemOf_IsNull_WhenTheBodyIsJson(string type) => Assert.Null(RequestContent.ProblemOf(Request(type)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/plain; application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/problem+json")]
    [InlineData("application/*+json")]
    [InlineData("text/json")]
    public void ProblemOf_Is415_WhenTheBodyIsOfAnotherType(string? type)
    {
        var problem = RequestContent.ProblemOf(Request(type));

        Assert.Equal((415, "urn:exportfunctions:problem:unsupported-media-type"), (problem?.Status, problem?.Type));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("x-unknown")]
    public void ProblemOf_Is415AndSaysWhatIsTaken_WhenTheBodyIsEncoded(string encoding)
    {
        var request = Request("application/json");
        request.Headers.ContentEncoding = encoding;

        var problem = RequestContent.ProblemOf(request);

        Assert.Equal((415, "urn:exportfunctions:problem:unsupported-encoding"), (problem?.Status, problem?.Type));
        Assert.Equal("identity", request.HttpContext.Response.Headers.AcceptEncoding);
    }

    [Fact]
    public void ProblemOf_Is415_WhenABodyOfUnknownLengthHasNoType()
    {
        var request = Request(type: null);
        request.ContentLength = null;
        request.Headers.TransferEncoding = "chunked";

        Assert.Equal(415, RequestContent.ProblemOf(request)?.Status);
    }

    [Fact]
    public void ProblemOf_IsNull_WhenThereIsNoBody()
    {
        var request = Request("text/plain");
        request.ContentLength = 0;

        Assert.Null(RequestContent.ProblemOf(request));
    }

    private static HttpRequest Request(string? type)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentLength = 2;
        if (type is not null)
            request.Headers.ContentType = type;

        return request;
    }
}
