using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Jobs;

/// <summary>How an attempt ended; in JSON, the name in camel case.</summary>
[JsonConverter(typeof(AttemptOutcomeConverter))]
public enum AttemptOutcome
{
    /// <summary>The file was published and the job succeeded.</summary>
    Succeeded,

    /// <summary>The attempt failed, and the job with it.</summary>
    Failed,

    /// <summary>A user stopped the job.</summary>
    Canceled,

    /// <summary>The attempt failed with a transient error; the job will be retried.</summary>
    Retried,

    /// <summary>The host shut down gracefully and released the job.</summary>
    Released,

    /// <summary>The worker died; the job will be retried.</summary>
    Lost,
}

/// <summary>The names of the outcomes.</summary>
public static class AttemptOutcomes
{
    private static readonly AttemptOutcome[] All = Enum.GetValues<AttemptOutcome>();

    /// <summary>Every name, in the order of the outcomes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(Name)];

    /// <summary>The outcome's JSON name.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string Name(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => "succeeded",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Canceled => "canceled",
        AttemptOutcome.Retried => "retried",
        AttemptOutcome.Released => "released",
        AttemptOutcome.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    /// <summary>Parses an outcome's JSON name; false when it is unknown.</summary>
    /// <param name="name">The name.</param>
    /// <param name="outcome">The outcome.</param>
    public static bool TryParse(string? name, out AttemptOutcome outcome)
    {
        outcome = Array.Find(All, candidate => string.Equals(candidate.Name(), name, StringComparison.Ordinal));
        return string.Equals(outcome.Name(), name, StringComparison.Ordinal);
    }
}

/// <summary>Serializes outcomes by name. Public because source-generated JSON in other assemblies needs it.</summary>
public sealed class AttemptOutcomeConverter() : JsonStringEnumConverter<AttemptOutcome>(
    JsonNamingPolicy.CamelCase, allowIntegerValues: false);
