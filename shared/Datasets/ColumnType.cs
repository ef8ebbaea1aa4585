namespace ExportFunctions.Datasets;

/// <summary>The declared type of a column. Cell types in every format follow from it and are never guessed from a value.</summary>
public enum ColumnType
{
    /// <summary>Free text, any length.</summary>
    Text,

    /// <summary>A code or number that is not used in calculations (student number, postcode): kept as text, with leading zeros.</summary>
    Identifier,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A decimal number, with the column's scale or its own digits.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar date without a time or zone; it never shifts.</summary>
    Date,

    /// <summary>An instant, held in UTC and shown in the export's time zone.</summary>
    Timestamp,

    /// <summary>A date and time without a zone: shown unchanged, and never shifted.</summary>
    LocalTimestamp,

    /// <summary>A time of day, from 00:00 to just before 24:00.</summary>
    Time,
}
