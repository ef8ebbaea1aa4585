namespace ExportFunctions.Formats.Slices;

/// <summary>One slice of a file.</summary>
/// <param name="Number">Its number: 0 for the first, and growing from slice to slice, with gaps.</param>
/// <param name="Plan">What <see cref="ISlicedFormat.Prepare"/> made for the file.</param>
/// <param name="Numbers">Numbers that no other slice of the file has.</param>
public sealed record FileSlice(int Number, ReadOnlyMemory<byte> Plan, ISliceNumbers Numbers)
{
    /// <summary>Whether it includes what precedes all rows.</summary>
    public bool IsFirst => Number == 0;
}

/// <summary>Allocates numbers that are unique within a file, across all workers.</summary>
public interface ISliceNumbers
{
    /// <summary>The first number that can be allocated; a format may use those below for itself.</summary>
    const int First = 1000;

    /// <summary>Allocates consecutive numbers. A worker that dies loses its numbers, which leaves gaps.</summary>
    /// <param name="count">How many, 1 or more; some thousands at a time are well.</param>
    /// <returns>The first of the numbers.</returns>
    ValueTask<int> TakeAsync(int count, CancellationToken cancellationToken);
}
