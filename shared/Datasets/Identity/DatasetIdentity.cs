using System.Text.Json.Serialization;

namespace ExportFunctions.Datasets.Identity;

/// <summary>
/// What a request was validated against: a dataset as defined in a datasets file, on one source. Two hosts agree on it when they read the
/// same data by the same definition, wherever their files are and whatever their passwords, timeouts and comments.
/// </summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="File">The datasets file's name, without its folder: for display.</param>
/// <param name="SourceInWords">The source as <c>provider host/database</c>, without secrets: for display.</param>
/// <param name="Source">The hash of what identifies the source: 32 lower-case hexadecimal digits.</param>
/// <param name="Definition">The hash of the dataset's definition: 32 lower-case hexadecimal digits.</param>
public sealed record DatasetIdentity(string Dataset, string File, string SourceInWords, string Source, string Definition)
{
    /// <summary>The hash of dataset, source and definition: equal exactly when they are.</summary>
    [JsonIgnore]
    public string Key => IdentityHash.Of($"{Dataset}\n{Source}\n{Definition}");

    /// <summary>The dataset in words, such as <c>the dataset "courses" of school.datasets.json (sqlite data/school.db)</c>.</summary>
    [JsonIgnore]
    public string InWords => $"the dataset \"{Dataset}\" of {File} ({SourceInWords})";

    /// <summary>Whether both are the same dataset on the same source by the same definition.</summary>
    /// <param name="other">The other one; null for none.</param>
    public bool IsSameAs(DatasetIdentity? other) =>
        other is not null
        && IsOfSameSource(other)
        && string.Equals(Dataset, other.Dataset, StringComparison.Ordinal)
        && string.Equals(Definition, other.Definition, StringComparison.Ordinal);

    /// <summary>Whether both are on the same source.</summary>
    /// <param name="other">The other.</param>
    public bool IsOfSameSource(DatasetIdentity other) => string.Equals(Source, other.Source, StringComparison.Ordinal);
}
