using System.Globalization;
using CsvHelper;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Csv;

/// <summary>Writes records through CsvHelper into memory and hands them on after each batch.</summary>
internal sealed class CsvRowWriter : IRowWriter
{
    private const int DrainBytes = 256 * 1024;

    private readonly Stream _output;
    private readonly FileLayout _layout;
    private readonly CsvFields _fields;
    private readonly CsvWriter _csv;
    private readonly GatheringStream _gathered = new();
    private readonly string[] _decimalFormats;
    private bool _started;
    private bool _completed;

    public CsvRowWriter(Stream output, FileLayout layout)
    {
        _output = output;
        _layout = layout;
        var options = OptionsOf(layout.Options);
        _csv = CsvWriter.Create(_gathered, options, leaveOpen: true);
        _fields = new CsvFields(_csv, layout.Options.Profile, options.FormatProvider!, new ZoneClock(layout.TimeZone));
        _decimalFormats = [.. layout.Columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"F{column.Scale}"))];
    }

    public IReadOnlyCollection<FormatWarning> Warnings => _fields.NulsReplaced == 0
        ? []
        : [new FormatWarning("characters_replaced", _fields.NulsReplaced, "NUL characters in text were replaced, because many readers end a field there.")];

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        Start();
        for (var row = 0; row < batch.Count; row++)
        {
            WriteRecord(batch, row);
            if (_gathered.Pending >= DrainBytes)
                await _gathered.DrainAsync(_output, cancellationToken);
        }

        await _gathered.DrainAsync(_output, cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        Start();
        await _csv.FlushAsync(cancellationToken);
        await _gathered.DrainAsync(_output, cancellationToken);
        await _output.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // What CsvHelper still holds goes into memory and is forgotten there, so that an unfinished file gets nothing more.
        await _csv.DisposeAsync();
        await _gathered.DisposeAsync();
    }

    private static CsvWriterOptions OptionsOf(FormatOptions options)
    {
        var numbers = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        numbers.NumberDecimalSeparator = (options.DecimalSeparator ?? '.').ToString();
        return new CsvWriterOptions
        {
            Separator = options.Delimiter ?? ',',
            FormatProvider = NumberFormatInfo.ReadOnly(numbers),
            WriteByteOrderMark = options.ByteOrderMark ?? options.Profile == InjectionProfile.Safe,
            TrueValue = "true",
            FalseValue = "false",
        };
    }

    private void Start()
    {
        if (_started)
            return;

        _started = true;
        foreach (var column in _layout.Columns)
            _fields.WriteHeading(column);

        _csv.EndRecord();
    }

    private void WriteRecord(RowBatch batch, int row)
    {
        var columns = _layout.Columns;
        for (var i = 0; i < columns.Count; i++)
        {
            if (batch.IsNull(row, i))
                _fields.WriteNull();
            else
                WriteField(batch, row, i, columns[i].Type);
        }

        _csv.EndRecord();
    }

    private void WriteField(RowBatch batch, int row, int column, ColumnType type)
    {
        switch (type)
        {
            case ColumnType.Text or ColumnType.Identifier:
                _fields.WriteText(batch.GetText(row, column));
                break;
            case ColumnType.Integer:
                _csv.WriteField(batch.GetInteger(row, column), default, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Decimal:
                _fields.WriteDecimal(batch.GetDecimal(row, column), _layout.Columns[column].Scale, _decimalFormats[column]);
                break;
            case ColumnType.Boolean:
                _csv.WriteField(batch.GetBoolean(row, column));
                break;
            case ColumnType.Date:
                _csv.WriteField(batch.GetDate(row, column));
                break;
            case ColumnType.Timestamp:
                _fields.WriteTimestamp(batch.GetTimestamp(row, column));
                break;
            default:
                throw new InvalidOperationException($"No field is defined for the column type {type}.");
        }
    }
}
