using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Counts the cells that could not be shown as they are.</summary>
internal sealed class RowFlaws
{
    private long _cut;
    private long _missing;

    /// <summary>The warnings so far.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings
    {
        get
        {
            var warnings = new List<ExportWarning>();
            if (_cut > 0)
                warnings.Add(new ExportWarning("cell_truncated", _cut, "Values that do not fit their column end in an ellipsis. Choose fewer columns, widen the column in the datasets file, set the option \"overflow\" to \"wrap\", or take another format."));

            if (_missing > 0)
                warnings.Add(new ExportWarning("glyph_missing", _missing, "Characters that no font has are shown as boxes. Name a font file for their script in the setting Exports:Pdf:FallbackFonts."));

            return warnings;
        }
    }

    /// <summary>Counts a cell.</summary>
    public void Count(TextFlaws flaws)
    {
        if ((flaws & TextFlaws.Cut) != TextFlaws.None)
            _cut++;

        if ((flaws & TextFlaws.GlyphMissing) != TextFlaws.None)
            _missing++;
    }
}
