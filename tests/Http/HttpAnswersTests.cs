using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Http;

public sealed class HttpAnswersTests
{
    [Theory]
    [InlineData(false, StatusCodes.Status503ServiceUnavailable)]
    [InlineData(true, StatusCodes.Status499ClientClosedRequest)]
    public async Task RunAsync_TellsHostFromClient_WhenTheCallIsCanceled(bool clientLeft, int status)
    {
        var answers = new HttpAnswers(NullLogger<HttpAnswers>.Instance);
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(clientLeft) };

        var result = await answers.RunAsync(context.Request, () => throw new OperationCanceledException());

        Assert.Equal(status, Assert.IsType<StatusCodeHttpResult>(result).StatusCode);
    }
}
