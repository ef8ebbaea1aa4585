using System.Text.Json;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>A record to be appended to the files.</summary>
internal sealed class RecordLine
{
    public RecordLine(UnrecordedAttempt attempt, RecordingTurn turn)
    {
        Record = attempt.Record;
        Turn = turn;
        Searched = attempt.After;

        var json = JsonSerializer.SerializeToUtf8Bytes(attempt.Record, MonitoringJson.Default.AttemptRecord);
        Bytes = [.. json, (byte)'\n'];

        // A line begins with version, export and attempt, and no text within a line can contain the same bytes: its quotes are escaped.
        Key = json.AsMemory(0, json.AsSpan().IndexOf(",\"dataset\":"u8) + 1);
    }

    public AttemptRecord Record { get; }

    public RecordingTurn Turn { get; }

    /// <summary>The line, with its line feed.</summary>
    public byte[] Bytes { get; }

    /// <summary>The unique beginning of the line.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The position before which the files are known not to contain it.</summary>
    public AttemptMark Searched { get; set; }

    /// <summary>Whether the files contain it.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Whether this process added it.</summary>
    public bool IsNew { get; set; }

    /// <summary>The day whose files it belongs to.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Record.EndedAt);
}
