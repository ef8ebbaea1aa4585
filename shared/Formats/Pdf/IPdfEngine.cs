namespace ExportFunctions.Formats.Pdf;

/// <summary>What draws the pages. Chosen by <see cref="PdfOptions.Engine"/>; stateless, one instance serves every export.</summary>
public interface IPdfEngine
{
    /// <summary>The name the setting uses, such as <c>skia</c>.</summary>
    string Name { get; }

    /// <summary>Starts a file.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <returns>The writer; nothing has been written yet.</returns>
    IRowWriter CreateWriter(Stream output, FileLayout layout);
}
