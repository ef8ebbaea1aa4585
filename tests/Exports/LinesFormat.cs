using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports;

/// <summary>A format of one number a line and an end mark, so that a half-written file shows.</summary>
internal sealed class LinesFormat : IFileFormat
{
    public string Name => "excel";

    public string ContentType => "text/plain";

    public string FileExtension => ".txt";

    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        // Lines have no limits.
    }

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => new Writer(output);

    internal sealed class Writer(Stream output, string end = "end") : IRowWriter
    {
        public IReadOnlyCollection<ExportWarning> Warnings => [];

        public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            for (var row = 0; row < batch.Count; row++)
                await output.WriteAsync(
                    Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{batch.GetInteger(row, 0)}\n")),
                    cancellationToken);
        }

        public ValueTask CompleteAsync(CancellationToken cancellationToken) =>
            output.WriteAsync(Encoding.ASCII.GetBytes(end), cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
