namespace ExportFunctions.Formats.Xlsx;

/// <summary>What a cell can't represent unchanged.</summary>
internal enum Loss
{
    /// <summary>A text was truncated.</summary>
    TextTruncated,

    /// <summary>Characters were replaced.</summary>
    CharactersReplaced,

    /// <summary>A number became text.</summary>
    NumberAsText,

    /// <summary>A date or timestamp became text.</summary>
    DateAsText,

    /// <summary>A time was truncated to the displayed precision.</summary>
    TimeTruncated,

    /// <summary>A timestamp is shown as the last valid one.</summary>
    DateCapped,

    /// <summary>An address got no hyperlink.</summary>
    LinkLeftOut,
}
