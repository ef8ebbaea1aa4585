namespace ExportFunctions.Datasets.Definitions;

/// <summary>What a dataset, or one of its columns, says about values that can't be read.</summary>
/// <param name="OnUnreadable">What becomes of them.</param>
/// <param name="EmptyText">What an empty text is in a column of another type than text.</param>
internal sealed record UnreadableDefaults(UnreadableValue OnUnreadable, EmptyText EmptyText)
{
    /// <summary>What holds where nothing is said.</summary>
    public static UnreadableDefaults None { get; } = new(UnreadableValue.Fail, EmptyText.Null);

    /// <summary>Reads <c>onUnreadable</c> and <c>emptyText</c>.</summary>
    /// <param name="definition">The dataset's or column's definition.</param>
    /// <param name="defaults">What holds where the definition says nothing.</param>
    public static UnreadableDefaults Read(DefinitionObject definition, UnreadableDefaults defaults) => new(
        definition.OptionalChoice<UnreadableValue>("onUnreadable") ?? defaults.OnUnreadable,
        definition.OptionalChoice<EmptyText>("emptyText") ?? defaults.EmptyText);
}
