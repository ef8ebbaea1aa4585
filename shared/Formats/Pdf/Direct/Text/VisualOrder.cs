namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>
/// Rule L2 of UAX #9: from the highest level down to the lowest odd one, every stretch at that level or above is turned round.
/// </summary>
internal static class VisualOrder
{
    /// <summary>Puts the pieces of a line from logical into visual order.</summary>
    public static void Apply(Span<PlacedPiece> line)
    {
        byte highest = 0;
        foreach (var piece in line)
            highest = Math.Max(highest, piece.Level);

        for (var level = highest; level >= 1; level--)
        {
            for (var start = 0; start < line.Length; start++)
            {
                var end = start;
                while (end < line.Length && line[end].Level >= level)
                    end++;

                if (end > start)
                {
                    line[start..end].Reverse();
                    start = end;
                }
            }
        }
    }
}
