namespace ExportFunctions.Bench.Start;

/// <summary>What a new process took until it had answered its first <c>POST</c>.</summary>
/// <param name="ProcessorSeconds">Of its own.</param>
/// <param name="Seconds">On the clock, the host's side included.</param>
internal readonly record struct FirstAnswer(double ProcessorSeconds, double Seconds);
