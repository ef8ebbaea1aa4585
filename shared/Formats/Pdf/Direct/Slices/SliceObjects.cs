using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>
/// The objects of a slice: their numbers, allocated in runs unique to the slice, and their offsets from its first byte, which are recorded
/// in its index.
/// </summary>
internal sealed class SliceObjects(ISliceNumbers numbers, PdfSliceIndexWriter index) : IObjectTable
{
    // The rest of a slice's last run is lost: runs grow with the slice, and are an eighth of it at most.
    private const int MinRun = 2048;
    private const int RunShare = 8;

    private int _left;
    private int _next;
    private int _end;
    private int _taken;

    // The rest of the current run, kept when the next one is allocated, since that need not be consecutive.
    private readonly Queue<(int Next, int End)> _runs = [];

    /// <summary>Allocates numbers until there are enough.</summary>
    /// <param name="count">How many objects may follow before the next call.</param>
    public async ValueTask EnsureAsync(int count, CancellationToken cancellationToken)
    {
        if (_left >= count)
            return;

        var take = Math.Max(Math.Max(MinRun, _taken / RunShare), count);
        var first = await numbers.TakeAsync(take, cancellationToken);
        PdfLimits.Check(first + take);
        _runs.Enqueue((first, first + take));
        _left += take;
        _taken += take;
    }

    public int Reserve()
    {
        if (_next == _end)
            (_next, _end) = _runs.TryDequeue(
                out var run) ? run : throw new InvalidOperationException("More objects follow than numbers were taken for.");

        _left--;
        return _next++;
    }

    public void Place(int id, long offset) => index.Place(id, offset);

    public void PlaceInStream(int id, int stream, int index) => throw new NotSupportedException("A slice has no object streams.");

    // Written by the end of the file, once it is known where the slice begins.
    public int? SectionAfter(int objects) => null;

    public void WriteSection(int id, PdfBuffer target, long position) =>
        throw new NotSupportedException("A slice has no cross-references.");
}
