namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Gives objects their numbers, and remembers where they lie.</summary>
internal interface IObjectTable
{
    /// <summary>Takes an object number.</summary>
    int Reserve();

    /// <summary>Notes the offset of an object.</summary>
    void Place(int id, long offset);

    /// <summary>Notes that an object is the n-th of an object stream.</summary>
    void PlaceInStream(int id, int stream, int index);

    /// <summary>Counts the objects of a batch that is complete but not placed yet.</summary>
    /// <param name="objects">How many it has.</param>
    /// <returns>The number of the section that is to be written behind the batch; null when none is due.</returns>
    int? SectionAfter(int objects);

    /// <summary>Writes where the objects lie that were placed since the section before.</summary>
    /// <param name="id">The section's number.</param>
    /// <param name="target">The file's next bytes.</param>
    /// <param name="position">Where they go.</param>
    void WriteSection(int id, PdfBuffer target, long position);
}
