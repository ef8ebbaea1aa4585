using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Values;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Copies the cells of one column into batches.</summary>
/// <param name="column">The column.</param>
/// <param name="position">Its index.</param>
/// <param name="declaredType">The type declared in the table, such as <c>DECIMAL(10,2)</c>; null for an expression.</param>
/// <param name="flaws">Receives the read flaws.</param>
internal sealed partial class SqliteColumn(DatasetColumn column, int position, string? declaredType, RowFlaws flaws)
{
    private readonly int _minScale = column is { Type: ColumnType.Decimal, Scale: null } ? ScaleOf(declaredType) : 0;

    /// <summary>Copies a cell that is not NULL.</summary>
    /// <param name="value">The cell, of a row whose connection's mutex the caller holds.</param>
    /// <param name="batch">Where it goes.</param>
    public void Copy(nint value, RowBatch batch)
    {
        var storage = SqliteNative.Storage(value);
        if (storage == raw.SQLITE_NULL)
            return;

        if (column.IsText)
        {
            CopyText(value, storage, batch);
            return;
        }

        if (!TryCopyTyped(value, storage, batch) && !IsEmpty(value, storage))
            CopyUnreadable(value, storage, batch);
    }

    private bool TryCopyTyped(nint value, int storage, RowBatch batch)
    {
        switch (column.Type)
        {
            case ColumnType.Integer:
                if (!SqliteCell.TryReadInteger(value, storage, out var whole))
                    return false;

                batch.SetInteger(position, whole);
                return true;
            case ColumnType.Decimal:
                return TryCopyDecimal(value, storage, batch);
            case ColumnType.Boolean:
                if (!SqliteCell.TryReadBoolean(value, storage, out var yes))
                    return false;

                batch.SetBoolean(position, yes);
                return true;
            default:
                return TryCopyTime(value, storage, batch);
        }
    }

    private bool TryCopyDecimal(nint value, int storage, RowBatch batch)
    {
        switch (SqliteCell.ReadDecimal(value, storage, column.Scale, _minScale, out var number))
        {
            case NumberReading.None:
                return false;
            case NumberReading.TooLong:
                flaws.TooLong(batch, position, Encoding.ASCII.GetBytes(DigitsOf(value, storage)));
                return true;
            case NumberReading.Rounded:
                flaws.Add(position, RowFlawKind.Rounded);
                batch.SetDecimal(position, number);
                return true;
            default:
                batch.SetDecimal(position, number);
                return true;
        }
    }

    private string DigitsOf(nint value, int storage)
    {
        Span<byte> room = stackalloc byte[DecimalReading.MaxRealLength];
        var text = storage == raw.SQLITE_FLOAT ? room[..DecimalReading.Write(SqliteNative.Real(value), room)] : TypedText.Trim(
            SqliteCell.Utf8(value));
        return DecimalReading.ToText(text, column.Scale)!;
    }

    private bool TryCopyTime(nint value, int storage, RowBatch batch)
    {
        if (!SqliteCell.TryReadTime(value, storage, column.Type, column.Stored, out var ticks, out var isTruncated))
            return false;

        if (isTruncated)
            flaws.Add(position, RowFlawKind.FractionTruncated);

        batch.SetTicks(position, column.Type, ticks);
        return true;
    }

    private void CopyText(nint value, int storage, RowBatch batch)
    {
        if (storage == raw.SQLITE_BLOB)
        {
            CopyUnreadable(value, storage, batch);
            return;
        }

        if (storage == raw.SQLITE_FLOAT)
        {
            Span<byte> room = stackalloc byte[DecimalReading.MaxRealLength + 2];
            batch.SetText(position, room[..SqliteCell.WriteReal(SqliteNative.Real(value), room)]);
            return;
        }

        // SQLite stores text without validating its bytes.
        var text = SqliteCell.Utf8(value);
        if (!Utf8.IsValid(text))
        {
            flaws.Add(position, RowFlawKind.TextReplaced);
            text = TypedText.Valid(text);
        }

        batch.SetText(position, text);
    }

    private bool IsEmpty(nint value, int storage) =>
        column.EmptyText == EmptyText.Null && storage == raw.SQLITE_TEXT && TypedText.Trim(SqliteCell.Utf8(value)).IsEmpty;

    private void CopyUnreadable(nint value, int storage, RowBatch batch)
    {
        Span<byte> room = stackalloc byte[DecimalReading.MaxRealLength + 2];
        switch (storage)
        {
            case raw.SQLITE_INTEGER:
                flaws.Unreadable(
                    batch,
                    position,
                    column.Type == ColumnType.Boolean ? "a number that is neither 0 nor 1" : UnreadableKinds.PlainNumber(column),
                    SqliteCell.Utf8(value));
                break;
            case raw.SQLITE_FLOAT:
                var real = SqliteNative.Real(value);
                flaws.Unreadable(batch, position, UnreadableKinds.OfReal(real, column), room[..SqliteCell.WriteReal(real, room)]);
                break;
            case raw.SQLITE_BLOB:
                flaws.Unreadable(batch, position, "bytes (a BLOB)", Encoding.ASCII.GetBytes(TypedText.Hexadecimal(SqliteCell.Utf8(value))));
                break;
            default:
                var text = SqliteCell.Utf8(value);
                flaws.Unreadable(batch, position, UnreadableKinds.OfText(TypedText.Trim(text), column), TypedText.Valid(text));
                break;
        }
    }

    /// <summary>The scale of a declared type: 2 for <c>DECIMAL(10,2)</c>.</summary>
    private static int ScaleOf(string? declaredType) =>
        declaredType is not null && Facets().Match(declaredType) is { Success: true } match
        && int.TryParse(
            match.Groups["scale"].ValueSpan,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var scale) && scale <= ExactNumber.MaxDecimalDigits ? scale : 0;

    [GeneratedRegex(@"\(\s*[0-9]+\s*,\s*(?<scale>[0-9]+)\s*\)\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Facets();
}
