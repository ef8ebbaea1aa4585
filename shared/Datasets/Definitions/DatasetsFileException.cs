namespace ExportFunctions.Datasets.Definitions;

/// <summary>
/// The datasets file can't be used. The message names the file and every fault in it, and is meant for the administrator at start.
/// </summary>
public sealed class DatasetsFileException : Exception
{
    /// <summary>Makes an exception for one or more faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">What is wrong, each with its place in the file; no connection strings.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public DatasetsFileException(string path, IReadOnlyList<string> faults, Exception? innerException = null)
        : base(Describe(path, faults), innerException) => Faults = faults;

    /// <summary>What is wrong, each with its place in the file.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(string path, IReadOnlyList<string> faults) => faults.Count == 1
        ? $"The datasets file '{path}' can't be used: {faults[0]}"
        : $"The datasets file '{path}' can't be used, {faults.Count} faults:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", faults)}";
}
