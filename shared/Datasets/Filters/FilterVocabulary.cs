namespace ExportFunctions.Datasets.Filters;

/// <summary>The words of one language for describing a filter. Infix words include their surrounding spaces.</summary>
internal sealed record FilterVocabulary
{
    /// <summary>English.</summary>
    public static FilterVocabulary English { get; } = new()
    {
        And = " and ",
        Or = " or ",
        Not = "not ",
        Is = " is ",
        IsNot = " is not ",
        IsBefore = " is before ",
        IsNotAfter = " is not after ",
        IsAfter = " is after ",
        IsNotBefore = " is not before ",
        IsLess = " is less than ",
        IsAtMost = " is at most ",
        IsMore = " is more than ",
        IsAtLeast = " is at least ",
        IsOneOf = " is one of ",
        IsBetween = " is between ",
        Contains = " contains ",
        BeginsWith = " begins with ",
        EndsWith = " ends with ",
        IsEmpty = " is empty",
        IsNotEmpty = " is not empty",
        More = " and {0} more",
        InAnyCase = " in any letter case",
        True = "true",
        False = "false",
    };

    /// <summary>Greek.</summary>
    public static FilterVocabulary Greek { get; } = new()
    {
        And = " και ",
        Or = " ή ",
        Not = "όχι ",
        Is = " είναι ",
        IsNot = " δεν είναι ",
        IsBefore = " είναι πριν από ",
        IsNotAfter = " δεν είναι μετά από ",
        IsAfter = " είναι μετά από ",
        IsNotBefore = " δεν είναι πριν από ",
        IsLess = " είναι μικρότερο από ",
        IsAtMost = " είναι το πολύ ",
        IsMore = " είναι μεγαλύτερο από ",
        IsAtLeast = " είναι τουλάχιστον ",
        IsOneOf = " είναι ένα από ",
        IsBetween = " είναι μεταξύ ",
        Contains = " περιέχει ",
        BeginsWith = " αρχίζει με ",
        EndsWith = " τελειώνει σε ",
        IsEmpty = " είναι κενό",
        IsNotEmpty = " δεν είναι κενό",
        More = " και άλλα {0}",
        InAnyCase = " με πεζά ή κεφαλαία",
        True = "αληθές",
        False = "ψευδές",
    };

    /// <summary>Between conditions that must all hold, and between the ends of a range.</summary>
    public required string And { get; init; }

    /// <summary>Between conditions of which one must hold.</summary>
    public required string Or { get; init; }

    /// <summary>Before a negated condition.</summary>
    public required string Not { get; init; }

    /// <summary>Equal.</summary>
    public required string Is { get; init; }

    /// <summary>Not equal.</summary>
    public required string IsNot { get; init; }

    /// <summary>Earlier.</summary>
    public required string IsBefore { get; init; }

    /// <summary>Earlier or at the same time.</summary>
    public required string IsNotAfter { get; init; }

    /// <summary>Later.</summary>
    public required string IsAfter { get; init; }

    /// <summary>Later or at the same time.</summary>
    public required string IsNotBefore { get; init; }

    /// <summary>Less.</summary>
    public required string IsLess { get; init; }

    /// <summary>Less or equal.</summary>
    public required string IsAtMost { get; init; }

    /// <summary>More.</summary>
    public required string IsMore { get; init; }

    /// <summary>More or equal.</summary>
    public required string IsAtLeast { get; init; }

    /// <summary>Equal to one of several.</summary>
    public required string IsOneOf { get; init; }

    /// <summary>In a range.</summary>
    public required string IsBetween { get; init; }

    /// <summary>Contains a text.</summary>
    public required string Contains { get; init; }

    /// <summary>Begins with a text.</summary>
    public required string BeginsWith { get; init; }

    /// <summary>Ends with a text.</summary>
    public required string EndsWith { get; init; }

    /// <summary>Has no value.</summary>
    public required string IsEmpty { get; init; }

    /// <summary>Has a value.</summary>
    public required string IsNotEmpty { get; init; }

    /// <summary>How many values are not listed: <c>{0}</c> is the number.</summary>
    public required string More { get; init; }

    /// <summary>After a comparison that ignores letter case.</summary>
    public required string InAnyCase { get; init; }

    /// <summary>The boolean value true.</summary>
    public required string True { get; init; }

    /// <summary>The boolean value false.</summary>
    public required string False { get; init; }
}
