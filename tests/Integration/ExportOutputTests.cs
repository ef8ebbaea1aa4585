using System.Diagnostics;
using System.Net.Sockets;
using ExportFunctions.Local.CommandLine;
using ExportFunctions.Tests.Infra;
using ExportFunctions.Tests.Local.Seeding;

namespace ExportFunctions.Tests.Integration;

/// <summary>Where <c>export --output</c> writes: through links, devices and pipes, which stay what they are.</summary>
[Integration]
public sealed class ExportOutputTests(AppFixture app) : IClassFixture<AppFixture>, IDisposable
{
    private static readonly string[] Courses = ["export", "courses", "--format", "csv", "--output"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/full", false)]
    [InlineData("/dev/full", true)]
    [InlineData("/dev/null", false)]
    [InlineData("/dev/null", true)]
    public async Task Device_IsWrittenThrough_AndStaysADevice(string device, bool isLinked)
    {
        var path = isLinked ? Link("device.csv", device) : device;

        var run = await CommandRun.OnAsync(app.App, [.. Courses, path]);

        Assert.Equal(FileKind.CharacterDevice, FileKinds.Of(device));
        Assert.Equal(isLinked ? device : null, new FileInfo(path).LinkTarget);
        if (device == "/dev/null")
        {
            Assert.Equal((0, ""), (run.Code, run.Error));
            return;
        }

        Assert.Equal(1, run.Code);
        Assert.StartsWith($"{path} can't be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("No space left on device", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Link_StaysALink_AndTheFileBehindItIsWritten(bool isThere)
    {
        var file = Path.Combine(_folder.Root, "behind.csv");
        if (isThere)
            await File.WriteAllTextAsync(file, "earlier", TestContext.Current.CancellationToken);
        var link = Link("first.csv", Link("second.csv", file));

        var run = await CommandRun.OnAsync(app.App, [.. Courses, link]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Null(new FileInfo(file).LinkTarget);
        Assert.Equal(await ExpectedAsync(), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder.Root).Length);
    }

    [Fact]
    public async Task Pipe_IsWrittenThrough()
    {
        var pipe = Path.Combine(_folder.Root, "pipe");
        Assert.Equal(0, (await ProgramRun.RunAsync("mkfifo", [pipe], _folder.Root)).ExitCode);
        // Opening a pipe waits for its other end.
        var read = Task.Run(() => File.ReadAllBytes(pipe), TestContext.Current.CancellationToken);

        var run = await CommandRun.OnAsync(app.App, [.. Courses, pipe]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(await ExpectedAsync(), await read.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken));
        Assert.Equal(FileKind.Pipe, FileKinds.Of(pipe));
    }

    [Fact]
    public async Task Socket_IsRefused_BeforeTheAppIsAsked()
    {
        var path = Path.Combine(_folder.Root, "s");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        var run = await CommandRun.RunAsync([.. Courses, path, "--url", "http://127.0.0.1:1"]);

        Assert.Equal(
            (1, $"{path} is neither a file, nor a link to one, nor a device or pipe that can be written through: give another --output."),
            (run.Code, run.Error.TrimEnd()));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task LinkInACircle_IsRefused_BeforeTheAppIsAsked()
    {
        var (first, second) = (Path.Combine(_folder.Root, "a"), Path.Combine(_folder.Root, "b"));
        File.CreateSymbolicLink(first, second);
        File.CreateSymbolicLink(second, first);

        var run = await CommandRun.RunAsync([.. Courses, first, "--url", "http://127.0.0.1:1"]);

        Assert.Equal(1, run.Code);
        Assert.StartsWith($"The link {first} leads nowhere", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_TakesTheFile_AlsoBehindALink()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Root, "folder")).FullName;

        var run = await CommandRun.OnAsync(app.App, [.. Courses, Link("linked", folder)]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            await ExpectedAsync(),
            await File.ReadAllBytesAsync(Path.Combine(folder, "courses.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    public async Task StandardOutput_HasTheFile_AndNothingElse(string output)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(
                AppContext.BaseDirectory, "exportfunctions.dll"), .. Courses, output, "--url", app.App.Http.BaseAddress!.AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var written = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(written, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(await ExpectedAsync(), written.ToArray());
        Assert.Contains("Exporting courses as csv", await error, StringComparison.Ordinal);
    }

    private string Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_folder.Root, name), target).FullName;

    private async Task<byte[]> ExpectedAsync() =>
        await app.Client.DownloadAsync(await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}"""));
}
