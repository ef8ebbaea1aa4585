using System.Globalization;
using ExportFunctions.Datasets.Sql;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>The failures of sources, with their codes and user-facing sentences. No values, no exception texts.</summary>
internal static class SourceFailures
{
    /// <summary>The database can't be reached, is busy or dropped the connection; probably transient.</summary>
    public static ExportFailureException Unavailable(DataSource source, string what, Exception? cause = null) =>
        ExportFailureException.Transient("source_unavailable", $"The source '{source.Name}' is not available: {what}", cause);

    /// <summary>The snapshot to read from is no longer held.</summary>
    public static ExportFailureException SnapshotLost(DataSource source, Exception cause) =>
        ExportFailureException.Transient(
            "snapshot_lost",
            $"The snapshot of the source '{source.Name}' that the export reads from is gone: the connection that held it broke off, or"
                + " its worker ended.",
            cause);

    /// <summary>The connection's account lacks read permission.</summary>
    public static ExportFailureException Denied(DataSource source, Dataset? dataset, Exception cause) =>
        ExportFailureException.Permanent(
            "permission_denied",
            dataset is null
                ? $"The source '{source.Name}' refused its user; check user and password in its connection string."
                : $"The user of the source '{source.Name}' may not read the dataset '{dataset.Name}'; grant it the right to select.",
            cause);

    /// <summary>A column of the definition does not exist in the database.</summary>
    public static ExportFailureException ColumnMissing(DataSource source, Dataset dataset, DatasetColumn? column, Exception cause) =>
        ExportFailureException.Permanent(
            "column_missing",
            column is null
                ? $"A column that the dataset '{dataset.Name}' reads is no longer in the source '{source.Name}'; correct the datasets file."
                : $"The column '{column.Name}' of the dataset '{dataset.Name}' ('{column.SqlName}' in the database) is no longer in the"
                    + $" source '{source.Name}'; correct the datasets file.",
            cause);

    /// <summary>A table or view of the definition does not exist in the database.</summary>
    public static ExportFailureException TableMissing(DataSource source, Dataset dataset, Exception cause) =>
        ExportFailureException.Permanent(
            "table_missing",
            dataset.Table is { } table
                ? $"The table or view '{string.Join('.', table)}' of the dataset '{dataset.Name}' is not in the source '{source.Name}';"
                    + " correct the datasets file."
                : $"A table or view in the query of the dataset '{dataset.Name}' is not in the source '{source.Name}'; correct the"
                    + " datasets file.",
            cause);

    /// <summary>The database rejects the statement.</summary>
    public static ExportFailureException QueryInvalid(DataSource source, Dataset dataset, Exception cause) =>
        ExportFailureException.Permanent(
            "query_invalid",
            $"The source '{source.Name}' can't run the query of the dataset '{dataset.Name}'; check its table, query and column types in"
                + " the datasets file.",
            cause);

    /// <summary>
    /// The server has no collation for a language, which it takes from ICU; without a language, it can't fold letter case either.
    /// </summary>
    public static ExportFailureException LanguageMissing(DataSource source, string language, Exception cause) =>
        ExportFailureException.Permanent(
            "collation_missing",
            language == PostgresDialect.NoLanguage
                ? $"The source '{source.Name}' can't leave letter case aside: its server has no ICU for this database. "
                    + "Leave ignoreCase out of the filter, or use a server that was built with ICU and a database in UTF-8."
                : $"The source '{source.Name}' has no order of the language '{language}': its server knows it from ICU, which lacks it or"
                    + " isn't there. "
                    + $"Leave the collation out of the sort, or ask for a more general one{General(language)}.",
            cause);

    /// <summary>The database's encoding lacks characters of the statement.</summary>
    public static ExportFailureException EncodingNarrow(DataSource source, Exception cause) =>
        ExportFailureException.Permanent(
            "encoding_narrow",
            $"The database of the source '{source.Name}' is in an encoding that lacks characters of the filter. "
                + "Take these, or ignoreCase, out of it, or use a database in UTF-8.",
            cause);

    /// <summary>A cell's value does not match its column's declaration.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="column">The column.</param>
    /// <param name="key">The record's key, for display.</param>
    /// <param name="what">The kind of value, such as <c>text that is not a number</c>.</param>
    public static ExportFailureException ValueUnreadable(Dataset dataset, DatasetColumn column, string key, string what) =>
        ExportFailureException.Permanent(
            "value_unreadable",
            $"The column '{column.Name}' of the dataset '{dataset.Name}' is declared as {ColumnTypeNames.NameOf(column.Type)}, but the"
                + $" record with the key {key} holds {what} in it. "
            + "Correct the value, or set \"onUnreadable\": \"null\" or \"text\" for the column in the datasets file to export such"
                + " values as empty cells or as text.");

    /// <summary>A column's type in the database can't be read as the declared one.</summary>
    public static ExportFailureException TypeUnreadable(Dataset dataset, DatasetColumn column, string actual) =>
        ExportFailureException.Permanent(
            "value_unreadable",
            $"The column '{column.Name}' of the dataset '{dataset.Name}' is declared as {ColumnTypeNames.NameOf(column.Type)}, but is"
                + $" {actual} in the database; correct the type in the datasets file, or cast the column in a query.");

    /// <summary>The file or server is not a readable database.</summary>
    public static ExportFailureException Invalid(DataSource source, string what, Exception cause) =>
        ExportFailureException.Permanent("source_invalid", $"The source '{source.Name}' can't be read: {what}", cause);

    // Falls back from zh-CN to zh-Hans to zh.
    private static string General(string language)
    {
        var parent = CultureInfo.GetCultureInfo(language).Parent.Name;
        return parent.Length == 0 ? "" : $", such as '{parent}'";
    }
}
