using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Makes text fit for one line, in a reused buffer.</summary>
internal sealed class CleanText
{
    private char[] _characters = new char[256];

    /// <summary>The text without line breaks and controls; valid until the next call.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        if (_characters.Length < text.Length)
            _characters = new char[text.Length * 2];

        return _characters.AsSpan(0, Sanitizing.Copy(text, _characters, keepsDirection: true));
    }
}
