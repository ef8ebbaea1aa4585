namespace ExportFunctions.Datasets.Definitions;

/// <summary>How a dataset or column handles values that can't be read.</summary>
/// <param name="OnUnreadable">How to handle them.</param>
/// <param name="EmptyText">How to handle an empty text in a column of a type other than text.</param>
internal sealed record UnreadableDefaults(UnreadableValue OnUnreadable, EmptyText EmptyText)
{
    /// <summary>The defaults when nothing is specified.</summary>
    public static UnreadableDefaults None { get; } = new(UnreadableValue.Fail, EmptyText.Null);

    /// <summary>Reads <c>onUnreadable</c> and <c>emptyText</c>.</summary>
    /// <param name="definition">The dataset's or column's definition.</param>
    /// <param name="defaults">The defaults for what the definition does not specify.</param>
    public static UnreadableDefaults Read(DefinitionObject definition, UnreadableDefaults defaults) => new(
        definition.OptionalChoice<UnreadableValue>("onUnreadable") ?? defaults.OnUnreadable,
        definition.OptionalChoice<EmptyText>("emptyText") ?? defaults.EmptyText);
}
