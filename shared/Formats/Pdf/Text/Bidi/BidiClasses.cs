namespace ExportFunctions.Formats.Pdf.Text.Bidi;

/// <summary>Finds the bidirectional type of a code point, and the groups of types the rules speak of.</summary>
internal static partial class BidiClasses
{
    /// <summary>The type of a code point.</summary>
    public static BidiClass Of(int codePoint)
    {
        var starts = Starts;
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (starts[middle] >> 8 <= (uint)codePoint)
                low = middle;
            else
                high = middle - 1;
        }

        return (BidiClass)(starts[low] & 0xFF);
    }

    /// <summary>LRI, RLI and FSI.</summary>
    public static bool OpensIsolate(BidiClass kind) => kind is BidiClass.LRI or BidiClass.RLI or BidiClass.FSI;

    /// <summary>What rule X9 takes out: embeddings, overrides, their ends and boundary neutrals.</summary>
    public static bool IsRemoved(BidiClass kind) =>
        kind is BidiClass.LRE or BidiClass.LRO or BidiClass.RLE or BidiClass.RLO or BidiClass.PDF or BidiClass.BN;

    /// <summary>"NI" of rules N0 to N2: neutrals and isolate formatting characters.</summary>
    public static bool IsNeutral(BidiClass kind) => kind is BidiClass.B
        or BidiClass.S or BidiClass.WS or BidiClass.ON or BidiClass.LRI or BidiClass.RLI or BidiClass.FSI or BidiClass.PDI;

    /// <summary>Whether L1 gives the character the line's level when it ends the line or stands before a separator.</summary>
    public static bool IsBlank(BidiClass kind) =>
        kind is BidiClass.WS or BidiClass.LRI or BidiClass.RLI or BidiClass.FSI or BidiClass.PDI || IsRemoved(kind);
}
