namespace ExportFunctions.Monitoring.Reading;

/// <summary>Whole lines of a file, as they were read at once.</summary>
/// <param name="Bytes">The lines, each with its line feed.</param>
/// <param name="Offset">Where in the file they begin.</param>
internal readonly record struct RecordLines(ReadOnlyMemory<byte> Bytes, long Offset)
{
    /// <summary>Each line, without its line feed.</summary>
    public Enumerator GetEnumerator() => new(Bytes.Span, Offset);

    /// <summary>Goes from line to line.</summary>
    internal ref struct Enumerator(ReadOnlySpan<byte> rest, long offset)
    {
        private ReadOnlySpan<byte> _rest = rest;

        /// <summary>The line.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Where in the file the next line begins.</summary>
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
