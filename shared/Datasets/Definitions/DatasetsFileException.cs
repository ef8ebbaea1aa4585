namespace ExportFunctions.Datasets.Definitions;

/// <summary>The datasets file can't be used. The message names the file and every error in it, for the administrator at startup.</summary>
public sealed class DatasetsFileException : Exception
{
    /// <summary>Makes an exception for one or more errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">The errors, each with its place in the file; no connection strings.</param>
    /// <param name="innerException">The cause, if any.</param>
    public DatasetsFileException(string path, IReadOnlyList<string> faults, Exception? innerException = null)
        : base(Describe(path, faults), innerException) => Faults = faults;

    /// <summary>The errors, each with its place in the file.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(string path, IReadOnlyList<string> faults) => faults.Count == 1
        ? $"The datasets file '{path}' can't be used: {faults[0]}"
        : $"The datasets file '{path}' can't be used, {faults.Count} faults:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", faults)}";
}
