using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Text;
using ExportFunctions.Problems;
using QuestPDF.Fluent;

namespace ExportFunctions.Formats.Pdf.QuestPdf;

/// <summary>Keeps the rows as text until the end, then has QuestPDF make the whole document.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="layout">What the file looks like.</param>
/// <param name="families">The font families, the first one first.</param>
/// <param name="maxRows">The most rows to keep.</param>
internal sealed class QuestPdfRowWriter(Stream output, FileLayout layout, string[] families, int maxRows) : IRowWriter
{
    private readonly List<QuestPdfCell[]> _rows = [];
    private readonly CellText _cells = new(layout);
    private readonly char[] _clean = new char[CellText.MaxBytes + 256];

    public IReadOnlyCollection<ExportWarning> Warnings => [];

    public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_rows.Count + batch.Count > maxRows)
            throw QuestPdfEngine.TooLarge(maxRows);

        for (var row = 0; row < batch.Count; row++)
        {
            var cells = new QuestPdfCell[layout.Columns.Count];
            for (var column = 0; column < cells.Length; column++)
            {
                var text = new string(_clean.AsSpan(0, Sanitizing.Copy(_cells.Show(batch, row, column), _clean)));
                cells[column] = new QuestPdfCell(text, _cells.Color);
            }

            _rows.Add(cells);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var gathered = new GatheringStream();
        new QuestPdfDocument(layout, _rows, families).Make().GeneratePdf(gathered);
        await gathered.DrainAsync(output, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _rows.Clear();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A cell as text.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Color">The colour that its number format gives it.</param>
internal readonly record struct QuestPdfCell(string Text, FormatColor? Color);
