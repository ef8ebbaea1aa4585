using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Tags;

/// <summary>The number tree that leads from a page to the elements of its content (ISO 32000-1, 7.9.7 and 14.7.4.4).</summary>
internal static class ParentTree
{
    private const int Fanout = 256;

    /// <summary>Writes the tree.</summary>
    /// <param name="file">The file.</param>
    /// <param name="objects">Takes the nodes.</param>
    /// <param name="arrays">By page, the object that lists its elements.</param>
    /// <returns>The root's number.</returns>
    public static int Write(PdfFile file, ObjectStreams objects, List<int> arrays)
    {
        var root = file.Reserve();
        var leaves = arrays.Chunk(Fanout).Select((chunk, index) => (Id: file.Reserve(), First: index * Fanout, Arrays: chunk)).ToList();
        foreach (var leaf in leaves)
        {
            var text = objects.Begin(leaf.Id).Add(
                "<</Limits["u8).Add(leaf.First).Add(" "u8).Add(leaf.First + leaf.Arrays.Length - 1).Add("]/Nums["u8);
            for (var i = 0; i < leaf.Arrays.Length; i++)
                text.Add(leaf.First + i).Add(" "u8).Reference(leaf.Arrays[i]).Add(" "u8);

            text.Add("]>>"u8);
            objects.End();
        }

        var kids = objects.Begin(root).Add("<</Kids["u8);
        foreach (var leaf in leaves)
            kids.Reference(leaf.Id).Add(" "u8);

        kids.Add("]>>"u8);
        objects.End();
        return root;
    }
}
