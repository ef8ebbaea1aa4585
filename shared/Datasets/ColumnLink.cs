namespace ExportFunctions.Datasets;

/// <summary>What the texts of a column are addresses of, for formats that make hyperlinks of them.</summary>
public enum ColumnLink
{
    /// <summary>E-mail addresses.</summary>
    Email,

    /// <summary>Web pages: <c>http</c> and <c>https</c>, or a name that begins with <c>www.</c>.</summary>
    Url,
}
