using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Lays rows out on pages: in one line each, or in as many as the texts need.</summary>
internal interface IRowSetting : IDisposable
{
    /// <summary>Adds one row, closing the band each time it is full.</summary>
    void Add(RowBatch batch, int row);
}
