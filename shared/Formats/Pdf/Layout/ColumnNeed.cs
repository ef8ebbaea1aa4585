namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>The room a column asks for, in ems of the table's font and without padding.</summary>
/// <param name="Wanted">What shows every value seen.</param>
/// <param name="Min">What it can be pressed to.</param>
/// <param name="CanGrow">Whether it takes room that is left over.</param>
/// <param name="Gap">Of both, the room that stays free behind its texts: they stand right, and those of the next column left.</param>
internal readonly record struct ColumnNeed(float Wanted, float Min, bool CanGrow, float Gap = 0);
