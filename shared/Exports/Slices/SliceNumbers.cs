using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Exports.Slices;

/// <summary>The numbers of one export's file, for one of its slices.</summary>
internal sealed class SliceNumbers(ISliceStore slices, Slice slice) : ISliceNumbers
{
    public async ValueTask<int> TakeAsync(int count, CancellationToken cancellationToken) =>
        await slices.TakeNumbersAsync(slice, count, cancellationToken);
}
