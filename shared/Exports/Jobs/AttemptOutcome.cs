using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Jobs;

/// <summary>How an attempt ended, by its JSON name in camel case.</summary>
[JsonConverter(typeof(AttemptOutcomeConverter))]
public enum AttemptOutcome
{
    /// <summary>The file is published; the job ended with it.</summary>
    Succeeded,

    /// <summary>It failed, and the job with it.</summary>
    Failed,

    /// <summary>A user stopped the job.</summary>
    Canceled,

    /// <summary>It failed by a fault that may pass; the job is tried again.</summary>
    Retried,

    /// <summary>Its host stopped in good order and handed the job back.</summary>
    Released,

    /// <summary>Its worker died; the job is tried again.</summary>
    Lost,
}

/// <summary>The names of outcomes.</summary>
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

    /// <summary>The outcome of a JSON name; false when there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="outcome">The outcome.</param>
    public static bool TryParse(string? name, out AttemptOutcome outcome)
    {
        outcome = Array.Find(All, candidate => string.Equals(candidate.Name(), name, StringComparison.Ordinal));
        return string.Equals(outcome.Name(), name, StringComparison.Ordinal);
    }
}

/// <summary>Writes outcomes by their names. Public, as source-generated JSON of other assemblies needs it.</summary>
public sealed class AttemptOutcomeConverter() : JsonStringEnumConverter<AttemptOutcome>(
    JsonNamingPolicy.CamelCase, allowIntegerValues: false);
