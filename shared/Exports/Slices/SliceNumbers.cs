using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Exports.Slices;

/// <summary>The numbers of an export's file, reserved for one of its slices.</summary>
internal sealed class SliceNumbers(ISliceStore slices, Slice slice) : ISliceNumbers
{
    public async ValueTask<int> TakeAsync(int count, CancellationToken cancellationToken) =>
        await slices.TakeNumbersAsync(slice, count, cancellationToken);
}
