namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <summary>
/// The bidirectional character types of UAX #9, table 4, by their short names; the order is the table's of <see cref="BidiClasses"/>.
/// </summary>
internal enum BidiClass : byte
{
    L,
    R,
    AL,
    EN,
    ES,
    ET,
    AN,
    CS,
    NSM,
    BN,
    B,
    S,
    WS,
    ON,
    LRE,
    LRO,
    RLE,
    RLO,
    PDF,
    LRI,
    RLI,
    FSI,
    PDI,
}
