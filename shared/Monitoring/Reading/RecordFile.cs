using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>A file with records of a day.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Part">Its part number within the day, from 1.</param>
/// <param name="Bytes">Its length when it was listed.</param>
internal sealed record RecordFile(string Name, DateOnly Day, int Part, long Bytes)
{
    /// <summary>The position of its end.</summary>
    public AttemptMark End => new(Part, Bytes);
}
