using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Values;

namespace ExportFunctions.Datasets.Sources;

/// <content>Values whose database type differs from the declared type; dates and times.</content>
internal sealed partial class PostgresCells
{
    // The protocol counts from 2000-01-01, in days or microseconds; the minimum and maximum stand for the infinities.
    private const int FirstDay = 730_119;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private const long MicrosecondsPerDay = TimeSpan.TicksPerDay / TicksPerMicrosecond;

    private static readonly long MaxMicroseconds = (DateTime.MaxValue.Ticks / TicksPerMicrosecond) - (FirstDay * MicrosecondsPerDay);

    private void CopyWholeNumeric(int column, RowBatch batch)
    {
        decimal number;
        try
        {
            number = _reader.GetDecimal(column);
        }
        catch (Exception fault) when (fault is OverflowException or InvalidCastException)
        {
            // NaN, an infinity, or a number far beyond 64 bits.
            Unreadable(batch, column, "a number of more than 64 bits", "NaN");
            return;
        }

        if (number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
            batch.SetInteger(column, (long)number);
        else
            Unreadable(
                batch,
                column,
                number == decimal.Truncate(number) ? "a number of more than 64 bits" : "a number with a fraction",
                number.ToString(CultureInfo.InvariantCulture));
    }

    private void CopyWholeReal(int column, RowBatch batch)
    {
        var number = _reader.GetFieldType(column) == typeof(float) ? _reader.GetFloat(column) : _reader.GetDouble(column);

        // 2^63 itself is a valid double, but out of range.
        if (number == Math.Truncate(number) && number is >= -9223372036854775808d and < 9223372036854775808d)
            batch.SetInteger(column, (long)number);
        else
            Unreadable(
                batch, column, UnreadableKinds.OfReal(number, _query.Columns[column]), number.ToString("R", CultureInfo.InvariantCulture));
    }

    private void CopyIntegerAsBoolean(int column, RowBatch batch)
    {
        var number = Convert.ToInt64(_reader.GetValue(column), CultureInfo.InvariantCulture);
        if (number is 0 or 1)
            batch.SetBoolean(column, number == 1);
        else
            Unreadable(batch, column, "a number that is neither 0 nor 1", number.ToString(CultureInfo.InvariantCulture));
    }

    private void CopyDate(int column, RowBatch batch)
    {
        var days = _reader.GetFieldValue<int>(column);
        if (IsDay(days))
            batch.SetDate(column, DateOnly.FromDayNumber(FirstDay + days));
        else
            FarDate(column, batch, days);
    }

    private void CopyDateAsTimestamp(int column, RowBatch batch)
    {
        var days = _reader.GetFieldValue<int>(column);
        if (IsDay(days))
            batch.SetTicks(column, _query.Columns[column].Type, (FirstDay + days) * TimeSpan.TicksPerDay);
        else
            FarDate(column, batch, days);
    }

    private static bool IsDay(int days) => days is >= -FirstDay and not int.MaxValue && FirstDay + days <= DateOnly.MaxValue.DayNumber;

    private void FarDate(int column, RowBatch batch, int days)
    {
        var isInfinite = days is int.MinValue or int.MaxValue;
        var text = isInfinite ? (days > 0 ? "infinity" : "-infinity") : FarCalendar.ToText((long)FirstDay + days, clock: null, zone: "");
        Unreadable(batch, column, isInfinite ? "an infinite date" : "a date outside the years 1 to 9999", text);
    }

    private void CopyTimestamp(int column, RowBatch batch)
    {
        var microseconds = _reader.GetFieldValue<long>(column);
        if (IsMoment(microseconds))
            batch.SetTicks(column, _query.Columns[column].Type, TicksOf(microseconds));
        else
            FarTimestamp(column, batch, microseconds);
    }

    private void CopyTimestampAsDate(int column, RowBatch batch)
    {
        var microseconds = _reader.GetFieldValue<long>(column);
        if (!IsMoment(microseconds))
            FarTimestamp(column, batch, microseconds);
        else if (microseconds % MicrosecondsPerDay == 0)
            batch.SetTicks(column, ColumnType.Date, TicksOf(microseconds));
        else
            Unreadable(
                batch,
                column,
                "a date with a time other than midnight",
                new DateTime(TicksOf(microseconds)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
    }

    private static bool IsMoment(long microseconds) => microseconds >= -FirstDay * MicrosecondsPerDay && microseconds <= MaxMicroseconds;

    private static long TicksOf(long microseconds) => (microseconds + (FirstDay * MicrosecondsPerDay)) * TicksPerMicrosecond;

    private void FarTimestamp(int column, RowBatch batch, long microseconds)
    {
        var isInfinite = microseconds is long.MinValue or long.MaxValue;
        var (day, rest) = Math.DivRem(isInfinite ? 0 : microseconds, MicrosecondsPerDay);
        if (rest < 0)
            (day, rest) = (day - 1, rest + MicrosecondsPerDay);

        var zone = _query.Columns[column].Type == ColumnType.Timestamp ? "Z" : "";
        var text = isInfinite ? (microseconds > 0 ? "infinity" : "-infinity") : FarCalendar.ToText(
            FirstDay + day, new TimeSpan(rest * TicksPerMicrosecond), zone);
        Unreadable(batch, column, isInfinite ? "an infinite time" : "a time outside the years 1 to 9999", text);
    }

    private void CopyTime(int column, RowBatch batch)
    {
        var microseconds = _reader.GetFieldValue<long>(column);
        if (microseconds < MicrosecondsPerDay)
            batch.SetTime(column, new TimeOnly(microseconds * TicksPerMicrosecond));
        else
            Unreadable(batch, column, "the time 24:00", "24:00:00");
    }

    private void CopyStored(int column, RowBatch batch)
    {
        var declared = _query.Columns[column];
        var text = ReadText(column);
        if (!StoredTimes.TryRead(declared.Stored!.Value, text, out var ticks, out var isTruncated))
        {
            _flaws.Unreadable(batch, column, "a number outside the years 1 to 9999", text);
            return;
        }

        SetTime(column, batch, ticks, isTruncated, text);
    }

    /// <summary>Copies a text column that is declared as another type, like such columns of SQLite.</summary>
    private void CopyTyped(int column, RowBatch batch)
    {
        var declared = _query.Columns[column];
        var text = ReadText(column);
        var trimmed = TypedText.Trim(text);
        if (trimmed.IsEmpty && declared.EmptyText == EmptyText.Null)
            return;

        switch (declared.Type)
        {
            case ColumnType.Decimal:
                CopyDecimal(column, batch, trimmed);
                break;
            case ColumnType.Integer when TypedText.TryReadInteger(trimmed, out var number):
                batch.SetInteger(column, number);
                break;
            case ColumnType.Boolean when TypedText.TryReadBoolean(trimmed, out var yes):
                batch.SetBoolean(column, yes);
                break;
            case ColumnType.Date or ColumnType.Time or ColumnType.Timestamp or ColumnType.LocalTimestamp when TryReadTime(
                trimmed, declared, out var ticks, out var isTruncated):
                SetTime(column, batch, ticks, isTruncated, text);
                break;
            default:
                _flaws.Unreadable(batch, column, UnreadableKinds.OfText(trimmed, declared), text);
                break;
        }
    }

    private static bool TryReadTime(ReadOnlySpan<byte> text, DatasetColumn declared, out long ticks, out bool isTruncated) =>
        declared.Stored is { } form
        ? StoredTimes.TryRead(form, text, out ticks, out isTruncated)
        : ClockText.TryRead(text, declared.Type, out ticks, out isTruncated);

    private void SetTime(int column, RowBatch batch, long ticks, bool isTruncated, ReadOnlySpan<byte> text)
    {
        var declared = _query.Columns[column];
        if (declared.Type == ColumnType.Date && (isTruncated || ticks % TimeSpan.TicksPerDay != 0))
        {
            _flaws.Unreadable(batch, column, "a date with a time other than midnight", text);
            return;
        }

        if (isTruncated)
            _flaws.Add(column, RowFlawKind.FractionTruncated);
        batch.SetTicks(column, declared.Type, ticks);
    }

    private void Unreadable(RowBatch batch, int column, string what, string text) =>
        _flaws.Unreadable(batch, column, what, Encoding.UTF8.GetBytes(text));
}
