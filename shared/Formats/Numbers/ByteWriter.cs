namespace ExportFunctions.Formats.Numbers;

/// <summary>Writes UTF-8 from left to right into memory that is long enough.</summary>
/// <param name="target">The memory.</param>
internal ref struct ByteWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>The bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _target[..Length];

    /// <summary>Adds a byte.</summary>
    public void Add(byte value) => _target[Length++] = value;

    /// <summary>Adds bytes.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[Length..]);
        Length += bytes.Length;
    }

    /// <summary>Adds a number, with zeros in front up to a width.</summary>
    /// <param name="value">The number, not negative.</param>
    /// <param name="width">The least digits.</param>
    public void Add(long value, int width)
    {
        Span<byte> digits = stackalloc byte[20];
        var first = digits.Length;
        for (; value > 0; value /= 10)
            digits[--first] = (byte)('0' + (value % 10));

        while (digits.Length - first < width)
            digits[--first] = (byte)'0';

        Add(digits[first..]);
    }
}
