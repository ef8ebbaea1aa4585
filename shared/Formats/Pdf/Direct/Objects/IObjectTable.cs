namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Allocates object numbers, and records offsets.</summary>
internal interface IObjectTable
{
    /// <summary>Allocates an object number.</summary>
    int Reserve();

    /// <summary>Records the offset of an object.</summary>
    void Place(int id, long offset);

    /// <summary>Records that an object is the n-th of an object stream.</summary>
    void PlaceInStream(int id, int stream, int index);

    /// <summary>Counts the objects of a batch that is complete but not yet written.</summary>
    /// <param name="objects">How many it has.</param>
    /// <returns>The number of the section to write after the batch; null when none is due.</returns>
    int? SectionAfter(int objects);

    /// <summary>Writes the offsets of the objects written since the previous section.</summary>
    /// <param name="id">The section's number.</param>
    /// <param name="target">The file's next bytes.</param>
    /// <param name="position">Where they go.</param>
    void WriteSection(int id, PdfBuffer target, long position);
}
