namespace ExportFunctions.Formats.Xlsx;

/// <summary>The content of a text that determines how it is written.</summary>
[Flags]
internal enum TextTraits
{
    /// <summary>Nothing but characters that stand for themselves.</summary>
    None = 0,

    /// <summary>Something that needs escaping, or may, or is no UTF-8.</summary>
    Special = 1,

    /// <summary>An apostrophe.</summary>
    Apostrophe = 2,

    /// <summary>Characters of more than two bytes, or what is none: for a closer look.</summary>
    Unproven = 4,
}
