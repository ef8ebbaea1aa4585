using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
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
        var http = new ExportFileHttp(
            world.Jobs.As(Fuse.Never), world.Files.As(Fuse.Never), new HttpAnswers(NullLogger<HttpAnswers>.Instance), world.Time);

        var answer = await http.GetAsync(new DefaultHttpContext().Request, job.Id.ToString(), CancellationToken.None);

        Assert.Equal(410, Assert.IsAssignableFrom<IStatusCodeHttpResult>(answer).StatusCode);
    }

    [Fact]
    public async Task Get_Answers410WithTheArchiveAndItsEntry_WhenTheFileWasArchived()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Expired,
            Archive = new ArchivedFile("2026/03/2026-03-14.zip", "marks.csv", world.Time.GetUtcNow()),
        });
        var http = new ExportFileHttp(
            world.Jobs.As(Fuse.Never), world.Files.As(Fuse.Never), new HttpAnswers(NullLogger<HttpAnswers>.Instance), world.Time);

        var answer = await http.GetAsync(new DefaultHttpContext().Request, job.Id.ToString(), CancellationToken.None);

        var problem = Assert.IsType<Problem>(Assert.IsAssignableFrom<IValueHttpResult>(answer).Value);
        Assert.Equal(410, problem.Status);
        Assert.Contains("\"marks.csv\" in the archive \"2026/03/2026-03-14.zip\"", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_ShowsTheArchiveAndNoFile_WhenTheJobIsExpired()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();
        var archived = new ArchivedFile("2026/03/2026-03-14.zip", "marks.csv", world.Time.GetUtcNow());

        var before = ExportResponse.Of(world.Jobs[job.Id]);
        var after = ExportResponse.Of(world.Jobs[job.Id] with { Status = ExportStatus.Expired, Archive = archived });

        Assert.Null(before.Archive);
        Assert.NotNull(before.File);
        Assert.Null(after.File);
        Assert.Equal(new ExportArchiveResponse(archived.Blob, archived.Entry, archived.ArchivedAt.UtcDateTime), after.Archive);
    }
}
