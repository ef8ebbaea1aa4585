namespace ExportFunctions.Formats.Xlsx;

/// <summary>A sheet that stands in the package.</summary>
/// <param name="Id">What its part is called by: each of its own.</param>
/// <param name="Rows">Its rows, header included.</param>
internal readonly record struct WrittenSheet(int Id, int Rows);
