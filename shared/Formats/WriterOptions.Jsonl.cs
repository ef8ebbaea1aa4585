namespace ExportFunctions.Formats;

/// <content>The options of JSON Lines.</content>
public sealed partial record WriterOptions
{
    /// <summary>
    /// What becomes of integers beyond ±9,007,199,254,740,991 (2⁵³ − 1), which readers that know only binary floating point get wrong. JSON
    /// Lines.
    /// </summary>
    public NumberForm LargeIntegers { get; init; } = NumberForm.Number;

    /// <summary>What becomes of decimals, whose digits readers that know only binary floating point may get wrong. JSON Lines.</summary>
    public NumberForm Decimals { get; init; } = NumberForm.Number;

    /// <summary>What becomes of a null. JSON Lines.</summary>
    public NullProperties Nulls { get; init; } = NullProperties.Keep;
}

/// <summary>How a number stands in JSON.</summary>
public enum NumberForm
{
    /// <summary>As a number, with all its digits.</summary>
    Number,

    /// <summary>As a string of the same digits.</summary>
    String,
}

/// <summary>What becomes of a null in JSON.</summary>
public enum NullProperties
{
    /// <summary>It is a property whose value is <c>null</c>.</summary>
    Keep,

    /// <summary>There is no such property.</summary>
    Omit,
}
