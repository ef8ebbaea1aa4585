using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Exports;

public sealed class ExportFileHttpTests
{
    [Fact]
    public async Task Get_Answers410_OnceTheFilesTimeIsOver()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();
        world.Time.Advance(TimeSpan.FromDays(30));
        var http = new ExportFileHttp(world.Jobs.As(Fuse.Never), world.Files.As(Fuse.Never), new HttpAnswers(NullLogger<HttpAnswers>.Instance), world.Time);

        var answer = await http.GetAsync(new DefaultHttpContext().Request, job.Id.ToString(), CancellationToken.None);

        Assert.Equal(410, Assert.IsAssignableFrom<IStatusCodeHttpResult>(answer).StatusCode);
    }
}
