using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Lines that can be written in slices: the first one has a mark before them.</summary>
internal sealed class SlicedLinesFormat : IFileFormat, ISlicedFormat
{
    private static readonly LinesFormat Lines = new();

    public string Name => Lines.Name;

    public string ContentType => Lines.ContentType;

    public string FileExtension => Lines.FileExtension;

    public void Check(IReadOnlyList<DatasetColumn> columns, FormatOptions options, FieldErrors errors) => Lines.Check(columns, options, errors);

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => Lines.CreateWriter(output, layout);

    public IRowWriter CreateSliceWriter(Stream output, FileLayout layout, bool isFirst)
    {
        if (isFirst)
            output.Write("begin\n"u8);
        return new LinesFormat.Writer(output, end: "");
    }
}
