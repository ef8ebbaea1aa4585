using System.Globalization;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Counts the cells that could not be shown unchanged.</summary>
internal sealed class RowFlaws
{
    private const int MaxNamed = 8;

    private const string Truncated =
        "Values that do not fit their column end in an ellipsis. Choose fewer columns, widen the column in the datasets file, "
        + "set the option \"overflow\" to \"wrap\", or take another format.";

    private const string Shrunk =
        "Identifiers and numbers that do not fit their column are set in small type, whole. Widen the column in the datasets file, or"
            + " choose fewer columns.";

    private const string Remedy =
        "Install a font for them on the host, such as Debian's fonts-noto-core and fonts-noto-cjk, or name a folder of fonts in the"
            + " setting Exports:Pdf:FontFolders.";

    private readonly SortedSet<int> _named = [];
    private long _cut;
    private long _small;
    private long _missing;
    private long _capped;

    /// <summary>The warnings so far.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings
    {
        get
        {
            var warnings = new List<ExportWarning>();
            if (_cut > 0)
                warnings.Add(new ExportWarning("cell_truncated", _cut, Truncated));

            if (_small > 0)
                warnings.Add(new ExportWarning("cell_shrunk", _small, Shrunk));

            if (_missing > 0)
            {
                var names = string.Join(", ", _named.Select(codePoint => string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}")));
                warnings.Add(new ExportWarning(
                    "glyph_missing", _missing, $"Characters that no font has are shown as boxes: {names} first of all. {Remedy}"));
            }

            if (_capped > 0)
                warnings.Add(new ExportWarning(
                    "date_capped",
                    _capped,
                    "Times outside of the years 1 to 9999 in the export's time zone are shown as the nearest moment within them."));

            return warnings;
        }
    }

    /// <summary>Counts a time that is shown as a different one.</summary>
    public void CountCapped() => _capped++;

    /// <summary>Counts a cell.</summary>
    public void Count(TextFlaws flaws)
    {
        _cut += flaws.IsTruncated ? 1 : 0;
        _small += flaws.IsSmall ? 1 : 0;
        if (flaws.Missing is not { } missing)
            return;

        _missing++;
        foreach (var rune in missing.EnumerateRunes())
        {
            if (_named.Count < MaxNamed)
                _named.Add(rune.Value);
        }
    }
}
