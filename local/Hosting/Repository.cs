namespace ExportFunctions.Local.Hosting;

/// <summary>
/// The repository root, which contains the solution: host.json, settings, samples and Azurite's package are located from there.
/// </summary>
/// <param name="Root">The folder's absolute path.</param>
internal sealed record Repository(string Root)
{
    private const string Solution = "ExportFunctions.sln";

    public string HostJson => Path.Combine(Root, "host.json");

    public string AzuritePackage => Path.Combine(Root, "local", "Azurite");

    public string AzuriteData => Path.Combine(Root, ".local", "azurite");

    /// <summary>The file with the key for webhooks' secrets, used if no setting provides one.</summary>
    public string SecretsKey => Path.Combine(Root, ".local", "webhook-secrets.key");

    public string SampleDatasets => Path.Combine(Root, "samples", "school.datasets.json");

    /// <summary>Walks up from the current folder, then from the program's own.</summary>
    /// <exception cref="StartFailedException">Neither is inside the repository.</exception>
    public static Repository Find() =>
        FindAbove(Directory.GetCurrentDirectory())
        ?? FindAbove(AppContext.BaseDirectory)
        ?? throw new StartFailedException(
            $"No {Solution} was found above the current folder or the program's folder: run this from inside the repository.");

    /// <summary>
    /// Walks up from a folder; null when no folder above contains the solution. A host.json is no criterion: built function apps contain
    /// one as well.
    /// </summary>
    /// <param name="folder">The folder to start from.</param>
    public static Repository? FindAbove(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
                return new Repository(directory.FullName);
        }

        return null;
    }
}
