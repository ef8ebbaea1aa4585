using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Files;

/// <summary>Stages the blocks of slices for one file, and joins them into the file.</summary>
internal interface ISliceFiles
{
    /// <summary>Starts staging a group of blocks; nothing is visible until the file is published.</summary>
    ISliceUpload OpenSlice(ExportJob job, BlockGroup blocks);

    /// <summary>The unpublished file made of the blocks of all slices, in order. Its output accepts no bytes.</summary>
    IExportUpload Join(ExportJob job, string contentType, IReadOnlyList<SliceContent> slices);

    /// <summary>Discards the staged blocks of a job that has no file and will have none; no error when there are none.</summary>
    Task DiscardAsync(ExportJob job, CancellationToken cancellationToken);
}

/// <summary>A slice being written.</summary>
internal interface ISliceUpload : IAsyncDisposable
{
    /// <summary>Where the writer writes: write-only, not seekable, asynchronous only.</summary>
    Stream Output { get; }

    /// <summary>Waits until every block has been uploaded; returns the number of blocks, their size and their SHA-256.</summary>
    Task<(int Blocks, long Bytes, string Sha256)> FinishAsync(CancellationToken cancellationToken);
}
