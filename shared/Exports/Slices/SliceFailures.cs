using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Slices;

/// <summary>Failures of a slice other than those of its source and of storage.</summary>
internal static class SliceFailures
{
    /// <summary>The host's function timeout ended it although it should have handed over earlier.</summary>
    public static readonly ExportFailure OutOfTime = new(
        TooSlow,
        "Part of the file took longer than a function may run. Ask for fewer records, make the dataset's query faster, or raise"
            + " functionTimeout.",
        FailureKind.Transient);

    /// <summary>So many rests were handed over that the file has too many parts.</summary>
    public static readonly ExportFailure TooMany = new(
        TooSlow,
        "The source gives its records so slowly that the file has too many parts. Ask for fewer records, make the dataset's query"
            + " faster, or raise Exports:RunTime and functionTimeout.",
        FailureKind.Permanent);

    private const string TooSlow = "source_too_slow";
}
