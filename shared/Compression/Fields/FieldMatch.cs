namespace ExportFunctions.Compression.Fields;

/// <summary>Equal bytes around a place and another one.</summary>
/// <param name="backwards">Equal bytes before the place.</param>
/// <param name="forwards">Equal bytes from it on.</param>
/// <param name="distance">How far back the other place is.</param>
internal struct FieldMatch(int backwards, int forwards, int distance)
{
    /// <summary>Equal bytes before the place.</summary>
    public int Backwards = backwards;

    /// <summary>Equal bytes from it on.</summary>
    public readonly int Forwards = forwards;

    /// <summary>How far back the other place is.</summary>
    public readonly int Distance = distance;

    /// <summary>All equal bytes.</summary>
    public readonly int Length => Backwards + Forwards;
}
