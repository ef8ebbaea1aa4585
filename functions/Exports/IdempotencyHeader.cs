using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Reads the key that makes a request safe to repeat.</summary>
internal static class IdempotencyHeader
{
    private const string Name = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>Reads the key; null when it is missing or invalid. An invalid one is reported.</summary>
    public static string? Read(HttpRequest request, FieldErrors errors)
    {
        if (!request.Headers.TryGetValue(Name, out var values))
            return null;

        if (values is [{ Length: > 0 and <= MaxLength } key])
            return key;

        errors.Add(Name, $"The header must be given once, and have 1 to {MaxLength} characters.");
        return null;
    }
}
