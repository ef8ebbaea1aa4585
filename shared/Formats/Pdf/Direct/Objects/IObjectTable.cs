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
}
