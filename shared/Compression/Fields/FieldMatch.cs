namespace ExportFunctions.Compression.Fields;

/// <summary>The equal bytes around two positions.</summary>
/// <param name="backwards">Equal bytes before the position.</param>
/// <param name="forwards">Equal bytes from it on.</param>
/// <param name="distance">The distance back to the other position.</param>
internal struct FieldMatch(int backwards, int forwards, int distance)
{
    /// <summary>Equal bytes before the position.</summary>
    public int Backwards = backwards;

    /// <summary>Equal bytes from it on.</summary>
    public readonly int Forwards = forwards;

    /// <summary>The distance back to the other position.</summary>
    public readonly int Distance = distance;

    /// <summary>All equal bytes.</summary>
    public readonly int Length => Backwards + Forwards;
}
