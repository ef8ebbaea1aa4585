namespace ExportFunctions.Formats;

/// <content>The options of JSON Lines.</content>
public sealed partial record WriterOptions
{
    /// <summary>
    /// How to write integers beyond ±9,007,199,254,740,991 (2⁵³ − 1), which readers that only support binary floating point get
    /// wrong. JSON Lines.
    /// </summary>
    public NumberForm LargeIntegers { get; init; } = NumberForm.Number;

    /// <summary>How to write decimals, whose digits readers that only support binary floating point may get wrong. JSON Lines.</summary>
    public NumberForm Decimals { get; init; } = NumberForm.Number;

    /// <summary>How to write a null. JSON Lines.</summary>
    public NullProperties Nulls { get; init; } = NullProperties.Keep;
}

/// <summary>How a number is written in JSON.</summary>
public enum NumberForm
{
    /// <summary>As a number, with all its digits.</summary>
    Number,

    /// <summary>As a string of the same digits.</summary>
    String,
}

/// <summary>How a null is written in JSON.</summary>
public enum NullProperties
{
    /// <summary>As a property with the value <c>null</c>.</summary>
    Keep,

    /// <summary>The property is omitted.</summary>
    Omit,
}
