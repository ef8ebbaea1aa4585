namespace ExportFunctions.Monitoring.Reports;

/// <summary>What a report is written as, by its JSON name in lower case.</summary>
public enum ReportFormat
{
    /// <summary>A page of its own: styles and charts are in it, and nothing is fetched from elsewhere.</summary>
    Html,

    /// <summary>Text with tables, for chats and tickets.</summary>
    Markdown,

    /// <summary>The figures.</summary>
    Json,
}
