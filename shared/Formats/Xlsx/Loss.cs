namespace ExportFunctions.Formats.Xlsx;

/// <summary>What a cell can't hold as it is.</summary>
internal enum Loss
{
    /// <summary>A text was cut.</summary>
    TextTruncated,

    /// <summary>Characters were replaced.</summary>
    CharactersReplaced,

    /// <summary>A number became text.</summary>
    NumberAsText,

    /// <summary>A date or timestamp became text.</summary>
    DateAsText,

    /// <summary>Milliseconds were cut off a time.</summary>
    TimeTruncated,

    /// <summary>A timestamp is shown as the last one there is.</summary>
    DateCapped,

    /// <summary>An address stays without a hyperlink.</summary>
    LinkLeftOut,
}
