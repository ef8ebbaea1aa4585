namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Why a text is not a number format.</summary>
/// <param name="Position">Where the error is, in UTF-16 units from 0.</param>
/// <param name="Message">What is wrong and what was expected, to follow a position: <c>a quote opens a text …</c>.</param>
public sealed record NumberFormatFault(int Position, string Message);
