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

    /// <summary>Writes where objects lie that were placed so far, if that is due here.</summary>
    /// <param name="target">The file's next bytes.</param>
    /// <param name="position">Where they go.</param>
    void WriteDue(PdfBuffer target, long position);
}
