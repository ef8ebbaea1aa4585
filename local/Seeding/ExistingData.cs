namespace ExportFunctions.Local.Seeding;

/// <summary>What to do when there is data where the school would go.</summary>
internal enum ExistingData
{
    /// <summary>Leave it, and say so.</summary>
    Refuse,

    /// <summary>Put the school in its place.</summary>
    Replace,
}
