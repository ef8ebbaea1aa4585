namespace ExportFunctions.Monitoring.Reports;

/// <summary>The formats of a report, by their JSON names in lower case.</summary>
public enum ReportFormat
{
    /// <summary>A self-contained page: styles and charts are inline, with no external resources.</summary>
    Html,

    /// <summary>Text with tables, for chats and tickets.</summary>
    Markdown,

    /// <summary>The figures.</summary>
    Json,
}
