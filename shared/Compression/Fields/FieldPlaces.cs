using System.Buffers;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>The positions of a chunk's values, in order.</summary>
internal sealed class FieldPlaces : IDisposable
{
    private const int FirstPlaces = 4096;

    private FieldPlace[] _places = [];
    private int _count;

    /// <summary>The recorded positions.</summary>
    public ReadOnlySpan<FieldPlace> Noted => _places.AsSpan(0, _count);

    /// <summary>Records a value, after all recorded before; one that is too long, or of a column too far right, is left out.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="start">Where the value begins in the chunk.</param>
    /// <param name="end">Where it ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(int column, int start, int end)
    {
        if ((uint)column >= FieldPlace.MaxColumns || (uint)(end - start) > FieldPlace.MaxLength)
            return;

        if (_count == _places.Length)
            Grow();

        _places[_count++] = new FieldPlace(column, start, end - start);
    }

    /// <summary>Copies positions recorded elsewhere for bytes that start with the chunk.</summary>
    /// <param name="places">The positions.</param>
    public void Add(ReadOnlySpan<FieldPlace> places)
    {
        while (_places.Length - _count < places.Length)
            Grow();

        places.CopyTo(_places.AsSpan(_count));
        _count += places.Length;
    }

    /// <summary>Clears the recorded positions.</summary>
    public void Clear() => _count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_places.Length > 0)
            ArrayPool<FieldPlace>.Shared.Return(_places);

        (_places, _count) = ([], 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<FieldPlace>.Shared.Rent(Math.Max(FirstPlaces, _places.Length * 2));
        _places.AsSpan(0, _count).CopyTo(larger);
        if (_places.Length > 0)
            ArrayPool<FieldPlace>.Shared.Return(_places);

        _places = larger;
    }
}
