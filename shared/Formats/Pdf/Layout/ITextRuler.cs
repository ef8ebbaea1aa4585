namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>Measures text the way an engine will set it.</summary>
internal interface ITextRuler
{
    /// <summary>The width of one line, in ems.</summary>
    /// <param name="text">The text.</param>
    /// <param name="weight">The font's weight.</param>
    float Measure(ReadOnlySpan<char> text, TextWeight weight);
}

/// <summary>The weights the shipped fonts have.</summary>
internal enum TextWeight
{
    Regular,
    Bold,
}
