using ExportFunctions.Compression;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Excel workbooks (Office Open XML). At most 16,384 columns; rows past a sheet's 1,048,576 continue on further sheets, each with the
/// header; a text cell holds at most 32,767 UTF-16 code units, and what is cut is counted as <c>cell_truncated</c>.
/// </summary>
/// <remarks>
/// Cells follow the columns' declared types. Text is always a string cell, never a formula, and text that looks like one stays text
/// when a user edits it; a text with line breaks is wrapped. Excel keeps 15 digits of a number and no dates before March 1900: integers
/// and decimals with more digits (<c>number_as_text</c>), and earlier dates and timestamps (<c>date_as_text</c>), are text cells.
/// Decimals are rounded to their column's scale, if it has one. Timestamps are shown in the export's zone, which their header names, local
/// ones as they stand. Times hold what their column's format shows: seconds, or milliseconds where the first rows have some
/// (<c>time_cut</c>); past the year 9999 its last moment is shown (<c>date_capped</c>). Nulls are empty cells.
/// </remarks>
public sealed class ExcelFormat : IFileFormat, ISlicedFormat
{
    private readonly int _sheetRows;
    private readonly DeflateSettings _compression;

    /// <summary>Makes the format.</summary>
    /// <param name="options">How files are compressed.</param>
    public ExcelFormat(IOptions<FormatsOptions> options)
        : this(XlsxLimits.SheetRows, options.Value.Compression)
    {
    }

    /// <summary>Makes the format with shorter sheets, so that tests reach the next one.</summary>
    /// <param name="sheetRows">The most rows of a sheet, header included; 2 or more.</param>
    /// <param name="threads">The threads that compress; 1 or more.</param>
    internal ExcelFormat(int sheetRows = XlsxLimits.SheetRows, int threads = 1)
        : this(sheetRows, new DeflateSettings(threads))
    {
    }

    /// <summary>Makes the format with shorter sheets, and a way to compress them.</summary>
    /// <param name="sheetRows">The most rows of a sheet, header included; 2 or more.</param>
    /// <param name="compression">How sheets are compressed.</param>
    internal ExcelFormat(int sheetRows, DeflateSettings compression)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sheetRows, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sheetRows, XlsxLimits.SheetRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(compression.Threads, 1, nameof(compression));
        _sheetRows = sheetRows;
        _compression = compression;
    }

    /// <inheritdoc/>
    public string Name => "excel";

    /// <inheritdoc/>
    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <inheritdoc/>
    public string FileExtension => ".xlsx";

    /// <inheritdoc/>
    /// <remarks>Slices differ in size: so nearly all fill one sheet and none has a second one with a few rows.</remarks>
    public long MaxSliceRows => _sheetRows * 3L / 4;

    /// <inheritdoc/>
    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        if (columns.Count == 0)
            errors.Add(
                "columns",
                options.Table
                    ? "An Excel table has at least one column; name one, or leave options.table out."
                    : "An Excel sheet has at least one column; name one.");
        else if (columns.Count > XlsxLimits.SheetColumns)
            errors.Add("columns", "An Excel sheet holds at most 16,384 columns; name fewer under columns, or choose csv.");
    }

    /// <inheritdoc/>
    /// <exception cref="ExportFailureException">The layout has more columns than a sheet.</exception>
    public IRowWriter CreateWriter(Stream output, FileLayout layout)
    {
        ThrowIfTooWide(layout);
        return new XlsxWriter(output, layout, _sheetRows, _compression);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first)
    {
        ThrowIfTooWide(layout);
        return SheetPlan.Measure(layout, SheetTitles.Of(layout), first).ToBytes();
    }

    /// <inheritdoc/>
    /// <exception cref="ExportFailureException">The layout has more columns than a sheet.</exception>
    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice)
    {
        ThrowIfTooWide(layout);
        return new XlsxSliceWriter(output, layout, slice, _sheetRows, _compression);
    }

    /// <inheritdoc/>
    public async ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken)
    {
        var (sheets, entries) = (new List<WrittenSheet>(), new List<ZipEntry>());
        foreach (var slice in slices)
        {
            var index = XlsxSliceIndex.Read(await slice.Index(cancellationToken));
            sheets.AddRange(index.Sheets);
            entries.AddRange(index.EntriesAt(slice.Offset));
        }

        await using var package = new XlsxPackage(output, layout.CreatedAt, _compression);
        package.Resume(new ZipDirectory(slices[^1].Offset + slices[^1].Bytes, entries));
        if (sheets.Count == 0)
            sheets.AddRange(await WriteEmptySheetAsync(package, layout, SheetPlan.Read(plan), cancellationToken));
        await package.WriteEndAsync(layout, sheets, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<WrittenSheet>> WriteEmptySheetAsync(
        XlsxPackage package, FileLayout layout, SheetPlan plan, CancellationToken cancellationToken)
    {
        var series = new SheetSeries(package, layout, _sheetRows, plan, firstId: 1);
        await series.CompleteAsync(cancellationToken);
        return series.Sheets;
    }

    private static void ThrowIfTooWide(FileLayout layout)
    {
        if (layout.Columns.Count > XlsxLimits.SheetColumns)
            throw ExportFailureException.Permanent(
                "too_many_columns", "An Excel sheet holds at most 16,384 columns; choose fewer columns, or CSV.");
    }
}
