namespace ExportFunctions.Datasets;

/// <summary>The declared type of a column. Cell types in every format follow from it and are never guessed from a value.</summary>
public enum ColumnType
{
    /// <summary>Free text, any length.</summary>
    Text,

    /// <summary>A code or number that is not calculated with (student number, postcode): kept as text, leading zeros and all.</summary>
    Identifier,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A decimal number of at most 28 significant digits, with the column's scale.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar date without a time or zone; it never shifts.</summary>
    Date,

    /// <summary>An instant, held in UTC and shown in the export's time zone.</summary>
    Timestamp,
}
