namespace ExportFunctions.Formats.Jsonl;

/// <summary>How the options of JSON Lines are read.</summary>
internal static class JsonlOptions
{
    /// <summary>The options; <c>compression</c> is shared with CSV.</summary>
    public static readonly WriterOption[] All =
    [
        WriterOption.OneOf<NumberForm>("largeIntegers", ["jsonl"], (options, choice) => options with { LargeIntegers = choice }),
        WriterOption.OneOf<NumberForm>("decimals", ["jsonl"], (options, choice) => options with { Decimals = choice }),
        WriterOption.OneOf<NullProperties>("nulls", ["jsonl"], (options, choice) => options with { Nulls = choice }),
    ];
}
