namespace ExportFunctions.Datasets;

/// <summary>The kind of address that a column's texts are, for formats that turn them into hyperlinks.</summary>
public enum ColumnLink
{
    /// <summary>E-mail addresses.</summary>
    Email,

    /// <summary>Web pages: <c>http</c> and <c>https</c>, or a name that begins with <c>www.</c>.</summary>
    Url,
}
