namespace ExportFunctions.Bench.Start;

/// <summary>When an app's code becomes the machine's.</summary>
internal enum Compilation
{
    /// <summary>When it is published, as users deploy it.</summary>
    Ahead,

    /// <summary>When it runs.</summary>
    JustInTime,
}
