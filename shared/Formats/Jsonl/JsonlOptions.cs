namespace ExportFunctions.Formats.Jsonl;

/// <summary>How the options of JSON Lines are read.</summary>
internal static class JsonlOptions
{
    /// <summary>The options; <c>compression</c> is shared with CSV.</summary>
    public static readonly WriterOption[] All =
    [
        new("largeIntegers", ["jsonl"], "Must be \"number\" or \"string\".", (options, value) =>
            WriterOption.Choose<NumberForm>(value) is { } form ? options with { LargeIntegers = form } : null),
        new("decimals", ["jsonl"], "Must be \"number\" or \"string\".", (options, value) =>
            WriterOption.Choose<NumberForm>(value) is { } form ? options with { Decimals = form } : null),
        new("nulls", ["jsonl"], "Must be \"keep\" or \"omit\".", (options, value) =>
            WriterOption.Choose<NullProperties>(value) is { } nulls ? options with { Nulls = nulls } : null),
    ];
}
