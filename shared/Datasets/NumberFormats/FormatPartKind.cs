namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>What a part of a number format stands for.</summary>
internal enum FormatPartKind
{
    /// <summary>Literal text.</summary>
    Literal,

    /// <summary>A gap as wide as a character (<c>_x</c>).</summary>
    Gap,

    /// <summary>A character that fills the rest of the cell (<c>*x</c>).</summary>
    Fill,

    /// <summary>A digit before the decimal point.</summary>
    IntegerDigit,

    /// <summary>The decimal point.</summary>
    Point,

    /// <summary>A digit after the decimal point.</summary>
    DecimalDigit,

    /// <summary>Multiplies by a hundred and shows the sign.</summary>
    Percent,

    /// <summary>The letter and sign of an exponent.</summary>
    Exponent,

    /// <summary>A digit of the exponent.</summary>
    ExponentDigit,

    /// <summary>A digit of a fraction's numerator.</summary>
    NumeratorDigit,

    /// <summary>A fraction's slash; elsewhere the separator between the parts of a date.</summary>
    Slash,

    /// <summary>A digit of a fraction's denominator.</summary>
    DenominatorDigit,

    /// <summary>A fixed denominator.</summary>
    Denominator,

    /// <summary>The number with its own digits.</summary>
    General,

    /// <summary>The text of a text cell (<c>@</c>).</summary>
    Text,

    /// <summary>The year, in two or four digits.</summary>
    Year,

    /// <summary>The year of the Buddhist era, in two or four digits.</summary>
    BuddhistYear,

    /// <summary>The month: one or two digits, the short name, the name, or its first letter.</summary>
    Month,

    /// <summary>The day: one or two digits, the weekday's short name, or its name.</summary>
    Day,

    /// <summary>The hour.</summary>
    Hour,

    /// <summary>The minute.</summary>
    Minute,

    /// <summary>The second.</summary>
    Second,

    /// <summary>A point and one to three digits of a fraction of a second.</summary>
    SecondFraction,

    /// <summary>The half of the day as <c>AM/PM</c>, which switches to a 12-hour clock.</summary>
    HalfDay,

    /// <summary>The half of the day as one letter.</summary>
    HalfDayLetter,

    /// <summary>Hours since midnight, beyond 24.</summary>
    ElapsedHours,

    /// <summary>Minutes since midnight, beyond 60.</summary>
    ElapsedMinutes,

    /// <summary>Seconds since midnight, beyond 60.</summary>
    ElapsedSeconds,

    /// <summary>The separator between the parts of a time.</summary>
    TimeSeparator,

    /// <summary>Not yet resolved: a digit placeholder.</summary>
    Digit,

    /// <summary>Not yet resolved: a comma.</summary>
    Comma,

    /// <summary>A section's color, condition or locale, which shows nothing itself.</summary>
    Setting,

    /// <summary>The border between two sections.</summary>
    Border,
}
