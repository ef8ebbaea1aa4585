namespace ExportFunctions.Formats.Slices;

/// <summary>One slice of a file.</summary>
/// <param name="Number">Its number: 0 for the first, and growing from slice to slice, with gaps.</param>
/// <param name="Plan">What <see cref="ISlicedFormat.Prepare"/> made for the file.</param>
/// <param name="Numbers">Numbers that no other slice of the file has.</param>
public sealed record FileSlice(int Number, ReadOnlyMemory<byte> Plan, ISliceNumbers Numbers)
{
    /// <summary>Whether what comes before all rows is its.</summary>
    public bool IsFirst => Number == 0;
}

/// <summary>Numbers of which each is given out once in a file, whatever worker asks.</summary>
public interface ISliceNumbers
{
    /// <summary>The first number that is ever given out; a format may use those below for itself.</summary>
    const int First = 1000;

    /// <summary>Takes numbers that follow each other. Those of a worker that dies are lost, so that there are gaps.</summary>
    /// <param name="count">How many, 1 or more; some thousands at a time are well.</param>
    /// <returns>The first of them.</returns>
    ValueTask<int> TakeAsync(int count, CancellationToken cancellationToken);
}
