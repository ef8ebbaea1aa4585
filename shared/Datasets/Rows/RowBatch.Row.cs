using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ExportFunctions.Datasets.Rows;

/// <content>One row, for writers that read all of its cells.</content>
public sealed partial class RowBatch
{
    /// <summary>The number of readable bytes after any text.</summary>
    internal const int ReadableBehindText = TextSlack;

    /// <summary>A row whose cells can be read without bounds checks.</summary>
    /// <param name="row">The row's index.</param>
    /// <param name="columns">How many columns will be read, from the first on.</param>
    /// <returns>The row; valid until the batch is cleared or a row is added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or there are fewer columns.</exception>
    internal Row GetRow(int row, int columns)
    {
        if (columns == 0)
            return default;

        var last = Index(row, columns - 1);
        var first = last - columns + 1;

        // The only bounds check of both arrays; cells are at first to last.
        return new Row(_cells.AsSpan(first, columns), _states.AsSpan(first, columns), _text);
    }

    /// <summary>A row. Its cells are at 0 up to the number of columns requested, which none of the methods checks.</summary>
    internal readonly ref struct Row
    {
        private readonly ref Cell _cells;
        private readonly ref CellState _states;
        private readonly byte[] _text;

        internal Row(ReadOnlySpan<Cell> cells, ReadOnlySpan<CellState> states, byte[] text)
        {
            _cells = ref MemoryMarshal.GetReference(cells);
            _states = ref MemoryMarshal.GetReference(states);
            _text = text;
        }

        /// <inheritdoc cref="RowBatch.IsNull"/>
        public bool IsNull(int column) => Unsafe.Add(ref _states, column) == CellState.Empty;

        /// <inheritdoc cref="RowBatch.IsUnfit"/>
        public bool IsUnfit(int column) => Unsafe.Add(ref _states, column) == CellState.Unfit;

        /// <inheritdoc cref="RowBatch.GetInteger"/>
        public long GetInteger(int column) => Unsafe.Add(ref _cells, column).Number;

        /// <inheritdoc cref="RowBatch.GetDecimal"/>
        public decimal GetDecimal(int column) => Unsafe.Add(ref _cells, column).Decimal;

        /// <inheritdoc cref="RowBatch.GetBoolean"/>
        public bool GetBoolean(int column) => Unsafe.Add(ref _cells, column).Number != 0;

        /// <inheritdoc cref="RowBatch.GetDate"/>
        public DateOnly GetDate(int column) => DateOnly.FromDayNumber((int)Unsafe.Add(ref _cells, column).Number);

        /// <inheritdoc cref="RowBatch.GetTimestamp"/>
        public DateTime GetTimestamp(int column) => new(Unsafe.Add(ref _cells, column).Number, DateTimeKind.Utc);

        /// <inheritdoc cref="RowBatch.GetLocalTimestamp"/>
        public DateTime GetLocalTimestamp(int column) => new(Unsafe.Add(ref _cells, column).Number, DateTimeKind.Unspecified);

        /// <inheritdoc cref="RowBatch.GetTime"/>
        public TimeOnly GetTime(int column) => new(Unsafe.Add(ref _cells, column).Number);

        /// <inheritdoc cref="RowBatch.GetText"/>
        /// <remarks>
        /// <see cref="ReadableBehindText"/> bytes after it are readable. Its bounds within the text buffer are checked, since a cell may be
        /// of another type.
        /// </remarks>
        public ReadOnlySpan<byte> GetText(int column)
        {
            ref readonly var cell = ref Unsafe.Add(ref _cells, column);
            return _text.AsSpan(0, _text.Length - TextSlack).Slice(cell.Offset, cell.Length);
        }
    }
}
