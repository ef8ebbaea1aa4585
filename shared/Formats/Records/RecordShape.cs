using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Records;

/// <summary>The shape of records, for a compressor: columns of the same type and scale are similar.</summary>
internal static class RecordShape
{
    /// <summary>The shape for these columns.</summary>
    /// <param name="columns">The columns, in output order.</param>
    public static FieldShape Of(IReadOnlyList<DatasetColumn> columns)
    {
        var alike = new int[columns.Count];
        var last = new Dictionary<(ColumnType, int?), int>();
        for (var i = 0; i < alike.Length; i++)
        {
            var kind = (columns[i].Type, columns[i].Scale);
            alike[i] = last.GetValueOrDefault(kind, -1);
            last[kind] = i;
        }

        return new FieldShape(alike.Length, alike: alike);
    }
}
