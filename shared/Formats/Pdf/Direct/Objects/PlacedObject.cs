namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Where an object lies.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Stream">The object stream that holds it; null for an object by itself.</param>
/// <param name="Place">Its offset in the file, or which one of the stream it is.</param>
internal readonly record struct PlacedObject(int Id, int? Stream, long Place);
