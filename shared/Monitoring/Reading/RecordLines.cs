namespace ExportFunctions.Monitoring.Reading;

/// <summary>Whole lines of a file, from a single read.</summary>
/// <param name="Bytes">The lines, each with its line feed.</param>
/// <param name="Offset">Their offset in the file.</param>
internal readonly record struct RecordLines(ReadOnlyMemory<byte> Bytes, long Offset)
{
    /// <summary>Each line, without its line feed.</summary>
    public Enumerator GetEnumerator() => new(Bytes.Span, Offset);

    /// <summary>Enumerates the lines.</summary>
    internal ref struct Enumerator(ReadOnlySpan<byte> rest, long offset)
    {
        private ReadOnlySpan<byte> _rest = rest;

        /// <summary>The line.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>The offset in the file of the next line.</summary>
        public long Next { get; private set; } = offset;

        public bool MoveNext()
        {
            var end = _rest.IndexOf((byte)'\n');
            if (end < 0)
                return false;

            Current = _rest[..end];
            _rest = _rest[(end + 1)..];
            Next += end + 1;
            return true;
        }
    }
}
