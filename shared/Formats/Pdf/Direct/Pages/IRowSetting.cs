using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Sets rows into pages: in one line each, or in as many as the texts need.</summary>
internal interface IRowSetting : IDisposable
{
    /// <summary>Sets one row, closing the band as often as it is full.</summary>
    void Add(RowBatch batch, int row);
}
