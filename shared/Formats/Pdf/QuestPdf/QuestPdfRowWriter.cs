using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Text;
using ExportFunctions.Problems;
using QuestPDF.Fluent;

namespace ExportFunctions.Formats.Pdf.QuestPdf;

/// <summary>Keeps the rows as text until the end, then has QuestPDF make the whole document.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="layout">What the file looks like.</param>
/// <param name="families">The font families, the first one first.</param>
/// <param name="mostRows">The most rows to keep.</param>
internal sealed class QuestPdfRowWriter(Stream output, FileLayout layout, string[] families, int mostRows) : IRowWriter
{
    private readonly List<string[]> _rows = [];
    private readonly CellText _cells = new(layout);
    private readonly char[] _clean = new char[CellText.MostBytes + 1];

    public IReadOnlyCollection<ExportWarning> Warnings => [];

    public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_rows.Count + batch.Count > mostRows)
            throw QuestPdfEngine.TooLarge(mostRows);

        for (var row = 0; row < batch.Count; row++)
        {
            var texts = new string[layout.Columns.Count];
            for (var column = 0; column < texts.Length; column++)
                texts[column] = new string(_clean.AsSpan(0, Sanitizing.Copy(_cells.Show(batch, row, column), _clean)));

            _rows.Add(texts);
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
