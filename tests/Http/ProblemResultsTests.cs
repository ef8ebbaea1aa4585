using System.Text;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Http;

public sealed class ProblemResultsTests
{
    [Fact]
    public async Task ToResult_WritesTextsAsTheyAre()
    {
        var errors = new FieldErrors();
        errors.Add("φορμά", "Unknown name; did you mean \"csv\"? <b> isn't.");
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };

        await ProblemCatalog.InvalidRequest(errors).ToResult().ExecuteAsync(context);

        Assert.Equal((400, "application/problem+json"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Contains(
            """{"φορμά":["Unknown name; did you mean \"csv\"? <b> isn't."]}""",
            Encoding.UTF8.GetString(body.ToArray()),
            StringComparison.Ordinal);
    }
}
