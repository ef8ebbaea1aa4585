using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Local.Hosting;

public sealed class LocalKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void ReadOrMake_MakesOneKey_AndKeepsIt()
    {
        var file = Path.Combine(_folder.FullName, ".local", "webhook-secrets.key");

        var made = LocalKey.ReadOrMake(file);
        var read = LocalKey.ReadOrMake(file);

        Assert.Equal(32, Convert.FromBase64String(made!).Length);
        Assert.Equal(made, read);
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void ReadOrMake_GivesNone_WhereNothingCanBeWritten()
    {
        var inTheWay = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(inTheWay, "");

        Assert.Null(LocalKey.ReadOrMake(Path.Combine(inTheWay, "webhook-secrets.key")));
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("1", false)]
    [InlineData("false", true)]
    [InlineData(null, true)]
    public void MayBeMade_IsFalse_InAContainer(string? value, bool expected)
    {
        Assert.Equal(expected, LocalKey.MayBeMade(name => name == "DOTNET_RUNNING_IN_CONTAINER" ? value : null));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
