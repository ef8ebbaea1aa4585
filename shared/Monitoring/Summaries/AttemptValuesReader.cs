using System.Text.Json;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>
/// Reads only the values of a line that a summary uses: several times as fast as reading the whole record, and without allocations for
/// names seen before.
/// </summary>
internal sealed class AttemptValuesReader
{
    // Names are those of datasets, formats and errors. Beyond this many, they are not cached.
    private const int MaxNames = 1000;

    private readonly List<(byte[] Utf8, string Text)> _names = [];

    /// <summary>Reads a line; false when it isn't a record of this version.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out AttemptValues values)
    {
        values = default;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadProperty(ref reader, ref values))
                    return false;
            }

            return values is { Version: AttemptRecord.CurrentVersion, Dataset: not null, Format: not null };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Written by a later version.
            return false;
        }
    }

    private bool TryReadProperty(ref Utf8JsonReader reader, ref AttemptValues values)
    {
        if (reader.ValueTextEquals("version"u8))
            values.Version = Number(ref reader);
        else if (reader.ValueTextEquals("attempt"u8))
            values.Attempt = Number(ref reader);
        else if (reader.ValueTextEquals("dataset"u8))
            values.Dataset = Name(ref reader)!;
        else if (reader.ValueTextEquals("format"u8))
            values.Format = Name(ref reader)!;
        else if (reader.ValueTextEquals("outcome"u8))
            return AttemptOutcomes.TryParse(Name(ref reader), out values.Outcome);
        else if (reader.ValueTextEquals("errorCode"u8))
            values.ErrorCode = Name(ref reader);
        else if (reader.ValueTextEquals("rows"u8))
            values.Rows = Count(ref reader);
        else if (reader.ValueTextEquals("bytes"u8))
            values.Bytes = Count(ref reader);
        else if (reader.ValueTextEquals("queueWaitSeconds"u8))
            values.QueueWaitSeconds = Measure(ref reader);
        else if (reader.ValueTextEquals("durationSeconds"u8))
            values.DurationSeconds = Measure(ref reader);
        else if (reader.ValueTextEquals("rowsPerSecond"u8))
            values.RowsPerSecond = Measure(ref reader);
        else
            reader.Skip();
        return true;
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt32();
    }

    private static long Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    private static double Measure(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetDouble();
    }

    private string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.ValueIsEscaped)
            return reader.GetString();

        foreach (var (utf8, text) in _names)
        {
            if (reader.ValueSpan.SequenceEqual(utf8))
                return text;
        }

        var name = reader.GetString();
        if (_names.Count < MaxNames && name is not null)
            _names.Add((reader.ValueSpan.ToArray(), name));
        return name;
    }
}
