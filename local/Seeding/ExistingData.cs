namespace ExportFunctions.Local.Seeding;

/// <summary>What to do if there is data at the target already.</summary>
internal enum ExistingData
{
    /// <summary>Leave it, and report that.</summary>
    Refuse,

    /// <summary>Replace it.</summary>
    Replace,
}
