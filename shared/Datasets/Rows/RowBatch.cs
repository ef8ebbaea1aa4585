using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ExportFunctions.Datasets.Partitioning;

namespace ExportFunctions.Datasets.Rows;

/// <summary>
/// A reusable block of typed rows on its way from a source to a writer. Cells are stored row by row in one array; text is UTF-8 in one
/// growing buffer, so a row costs no allocation. Not thread-safe.
/// </summary>
public sealed partial class RowBatch
{
    /// <summary>The default capacity in rows.</summary>
    public const int DefaultCapacity = 1024;

    private const int FullTextBytes = 256 * 1024;

    private const int FirstTextBytes = 16 * 1024;

    // Padding after the last text, so that any text can be read in whole vectors.
    private const int TextSlack = 32;

    private Cell[] _cells;
    private CellState[] _states;
    private byte[] _text = ArrayPool<byte>.Shared.Rent(FirstTextBytes);
    private int _textLength;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="columns">The types of the columns, in output order.</param>
    /// <param name="capacity">The maximum number of rows.</param>
    public RowBatch(IReadOnlyList<ColumnType> columns, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Columns = columns;
        ColumnCount = columns.Count;
        Capacity = capacity;
        _cells = ArrayPool<Cell>.Shared.Rent(capacity * ColumnCount);
        _states = ArrayPool<CellState>.Shared.Rent(capacity * ColumnCount);
    }

    /// <summary>The types of the columns.</summary>
    public IReadOnlyList<ColumnType> Columns { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>The maximum number of rows.</summary>
    public int Capacity { get; }

    /// <summary>The rows added so far.</summary>
    public int Count { get; private set; }

    /// <summary>The key of the last row, if the query asks for it and more rows may follow; otherwise null.</summary>
    public KeyBoundary? LastKey { get; internal set; }

    /// <summary>The read flaws of the rows in the batch; usually empty.</summary>
    public IList<RowFlaw> Flaws { get; } = [];

    /// <summary>True when the next row should go into another batch: the batch has no rows left, or its text exceeds 256 KB.</summary>
    public bool IsFull => Count == Capacity || _textLength >= FullTextBytes;

    /// <summary>True when any text has a line break, found in one pass over all of them.</summary>
    internal bool HasLineBreaks => _text.AsSpan(0, _textLength).Contains((byte)'\n');

    /// <summary>Empties the batch for reuse; keeps its buffers.</summary>
    public void Clear()
    {
        Count = 0;
        LastKey = null;
        Flaws.Clear();
        _textLength = 0;
    }

    /// <summary>
    /// Releases its buffers to other batches: a large export opens many readers in turn. The batch is unusable afterwards.
    /// </summary>
    internal void Release()
    {
        Clear();
        Return(ref _cells);
        Return(ref _states);
        Return(ref _text);
    }

    /// <summary>Starts the next row with every cell empty; the <c>Set</c> methods fill the latest row.</summary>
    /// <exception cref="InvalidOperationException">The batch holds <see cref="Capacity"/> rows already.</exception>
    public void AddRow()
    {
        if (Count == Capacity)
            throw new InvalidOperationException($"The batch is full at {Capacity} rows.");

        Array.Clear(_states, Count * ColumnCount, ColumnCount);
        Count++;
    }

    /// <summary>Sets an integer cell of the last row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The value.</param>
    public void SetInteger(int column, long value) => Fill(column).Number = value;

    /// <summary>Sets a decimal cell of the last row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The value.</param>
    public void SetDecimal(int column, decimal value) => Fill(column).Decimal = value;

    /// <summary>Sets a boolean cell of the last row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The value.</param>
    public void SetBoolean(int column, bool value) => Fill(column).Number = value ? 1 : 0;

    /// <summary>Sets a date cell of the last row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The value.</param>
    public void SetDate(int column, DateOnly value) => Fill(column).Number = value.DayNumber;

    /// <summary>Sets a timestamp cell of the last row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="utc">The instant in UTC; the kind is ignored.</param>
    public void SetTimestamp(int column, DateTime utc) => Fill(column).Number = utc.Ticks;

    /// <summary>Sets a cell of the last row whose type is <see cref="ColumnType.LocalTimestamp"/>.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The local time; the kind is ignored.</param>
    public void SetLocalTimestamp(int column, DateTime value) => Fill(column).Number = value.Ticks;

    /// <summary>Sets a cell of the last row whose type is <see cref="ColumnType.Time"/>.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The time of day.</param>
    public void SetTime(int column, TimeOnly value) => Fill(column).Number = value.Ticks;

    /// <summary>Sets a date or time cell of the last row, from ticks since the year 1 or, for a time of day, since midnight.</summary>
    internal void SetTicks(int column, ColumnType type, long ticks) =>
        Fill(column).Number = type == ColumnType.Date ? ticks / TimeSpan.TicksPerDay : ticks;

    /// <summary>
    /// Sets a cell of the last row, in a column of any type except text, to the text of a value that the type can't hold: a number of more
    /// than 28 digits, infinity, a date before the year 1.
    /// </summary>
    /// <param name="column">The column's position.</param>
    /// <param name="utf8">The text's bytes, which must be valid UTF-8.</param>
    public void SetUnfit(int column, ReadOnlySpan<byte> utf8)
    {
        SetText(column, utf8);
        _states[Index(Count - 1, column)] = CellState.Unfit;
    }

    /// <summary>Sets a text or identifier cell of the last row from UTF-16; lone surrogates become U+FFFD.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The text.</param>
    public void SetText(int column, ReadOnlySpan<char> value)
    {
        var room = Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        Encoding.UTF8.TryGetBytes(value, room, out var written);
        Append(column, written);
    }

    /// <summary>Sets a text or identifier cell of the last row from UTF-8, which must be valid.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="value">The text's bytes.</param>
    public void SetText(int column, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Append(column, value.Length);
    }

    /// <summary>True when the cell holds no value.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public bool IsNull(int row, int column) => _states[Index(row, column)] == CellState.Empty;

    /// <summary>
    /// True when the cell, in a column of any type except text, holds the text of a value that the type can't hold: only
    /// <see cref="GetText"/> reads it.
    /// </summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public bool IsUnfit(int row, int column) => _states[Index(row, column)] == CellState.Unfit;

    /// <summary>The value of an integer cell.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public long GetInteger(int row, int column) => _cells[Index(row, column)].Number;

    /// <summary>The value of a decimal cell.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public decimal GetDecimal(int row, int column) => _cells[Index(row, column)].Decimal;

    /// <summary>The value of a boolean cell.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public bool GetBoolean(int row, int column) => _cells[Index(row, column)].Number != 0;

    /// <summary>The value of a date cell.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public DateOnly GetDate(int row, int column) => DateOnly.FromDayNumber((int)_cells[Index(row, column)].Number);

    /// <summary>The value of a timestamp cell, in UTC.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public DateTime GetTimestamp(int row, int column) => new(_cells[Index(row, column)].Number, DateTimeKind.Utc);

    /// <summary>The value of a cell whose type is <see cref="ColumnType.LocalTimestamp"/>; its kind is unspecified.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public DateTime GetLocalTimestamp(int row, int column) => new(_cells[Index(row, column)].Number, DateTimeKind.Unspecified);

    /// <summary>The value of a cell whose type is <see cref="ColumnType.Time"/>.</summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public TimeOnly GetTime(int row, int column) => new(_cells[Index(row, column)].Number);

    /// <summary>
    /// The UTF-8 bytes of a text cell, identifier cell, or value that its type can't hold; valid until the batch is cleared or a row is
    /// added.
    /// </summary>
    /// <param name="row">The row's position.</param>
    /// <param name="column">The column's position.</param>
    public ReadOnlySpan<byte> GetText(int row, int column)
    {
        ref readonly var cell = ref _cells[Index(row, column)];
        return _text.AsSpan(cell.Offset, cell.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Index(int row, int column)
    {
        if ((uint)row >= (uint)Count || (uint)column >= (uint)ColumnCount)
            ThrowOutside(row, column);

        return (row * ColumnCount) + column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Cell Fill(int column)
    {
        var index = Index(Count - 1, column);
        _states[index] = CellState.Value;
        return ref _cells[index];
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_text.Length - _textLength < bytes + TextSlack)
            Grow(bytes + TextSlack);

        return _text.AsSpan(_textLength, bytes);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_text.Length * 2, _textLength + bytes));
        _text.AsSpan(0, _textLength).CopyTo(larger);
        Return(ref _text);
        _text = larger;
    }

    private static void Return<T>(ref T[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<T>.Shared.Return(buffer);

        buffer = [];
    }

    private void Append(int column, int length)
    {
        ref var cell = ref Fill(column);
        cell.Offset = _textLength;
        cell.Length = length;
        _textLength += length;
    }

    private void ThrowOutside(int row, int column) =>
        throw new ArgumentOutOfRangeException(nameof(row), $"Cell ({row}, {column}) lies outside {Count} rows of {ColumnCount} columns.");

    internal enum CellState : byte
    {
        Empty,
        Value,
        Unfit,
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    internal struct Cell
    {
        [FieldOffset(0)]
        public decimal Decimal;

        [FieldOffset(0)]
        public long Number;

        [FieldOffset(0)]
        public int Offset;

        [FieldOffset(4)]
        public int Length;
    }
}
