using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>A file of the records of a day.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Part">Which of the day's files, from 1.</param>
/// <param name="Bytes">Its length when it was listed.</param>
internal sealed record RecordFile(string Name, DateOnly Day, int Part, long Bytes)
{
    /// <summary>Its end.</summary>
    public AttemptMark End => new(Part, Bytes);
}
