namespace ExportFunctions.Bench.Measuring;

/// <summary>One run.</summary>
/// <param name="Rows">The rows that went through.</param>
/// <param name="Seconds">The time they took.</param>
/// <param name="Bytes">The bytes that came out; null where nothing is written.</param>
/// <param name="ProcessorSeconds">The processors' time, of all threads; null where another process took it.</param>
internal readonly record struct Sample(long Rows, double Seconds, long? Bytes, double? ProcessorSeconds = null)
{
    public double RowsPerSecond => Rows / Seconds;
}
