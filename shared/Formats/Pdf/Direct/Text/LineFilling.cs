namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Decides where lines end: after words, as late as the width allows.</summary>
internal static class LineFilling
{
    /// <summary>Takes the words of one line.</summary>
    /// <param name="pieces">The paragraph.</param>
    /// <param name="first">Where the line starts.</param>
    /// <param name="room">The line's width, in thousandths of an em.</param>
    /// <param name="end">Where what the line shows ends: blanks at its end are not shown.</param>
    /// <returns>Where the next line starts; <paramref name="first"/> when not even one word fits.</returns>
    public static int Next(List<PlacedPiece> pieces, int first, int room, out int end)
    {
        var width = 0;
        var next = end = first;
        var shown = first;
        for (var i = first; i < pieces.Count; i++)
        {
            width += pieces[i].Piece.Width;
            if (!pieces[i].IsBlank)
            {
                if (width > room)
                    break;

                shown = i + 1;
            }

            if (pieces[i].EndsWord || i == pieces.Count - 1)
                (next, end) = (i + 1, shown);
        }

        return next;
    }
}
