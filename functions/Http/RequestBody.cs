using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Reads a JSON body of bounded size.</summary>
internal static class RequestBody
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>Reads a request from a body, or returns the problem with all errors.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    /// <param name="options">How it is parsed.</param>
    /// <param name="errors">The errors found so far; receives those in the body.</param>
    /// <param name="read">Reads the body; its result is used only if there are no errors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<(T? Asked, Problem? Problem)> ReadAsync<T>(
        HttpRequest request,
        int maxBytes,
        JsonDocumentOptions options,
        FieldErrors errors,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken) =>
        ReadAsync(request, maxBytes, options, errors, body => Task.FromResult(read(body)), cancellationToken);

    /// <summary>Reads a request from a body with an asynchronous reader.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    /// <param name="options">How it is parsed.</param>
    /// <param name="errors">The errors found so far; receives those in the body.</param>
    /// <param name="read">Reads the body; its result is used only if there are no errors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<(T? Asked, Problem? Problem)> ReadAsync<T>(
        HttpRequest request,
        int maxBytes,
        JsonDocumentOptions options,
        FieldErrors errors,
        Func<JsonElement, Task<T?>> read,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadAsync(request, maxBytes, options, cancellationToken);
        if (problem is not null)
            return (default, errors.IsEmpty ? problem : problem with { Errors = errors.ByField });

        using (body)
        {
            var asked = await read(body!.RootElement);
            return errors.IsEmpty ? (asked, null) : (default, ProblemCatalog.InvalidRequest(errors));
        }
    }

    private static async Task<(JsonDocument? Body, Problem? Problem)> ReadAsync(
        HttpRequest request, int maxBytes, JsonDocumentOptions options, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            return (null, ProblemCatalog.BodyTooLarge(maxBytes));

        // The limit is far above the size of nearly all requests: the buffer grows with the data.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(maxBytes + 1, FirstBytes));
        try
        {
            var length = 0;
            while (length <= maxBytes)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, Math.Min(maxBytes + 1, 2 * buffer.Length));

                var read = await ReadAsync(request, buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                    return Parse(buffer.AsSpan(0, length), options);

                length += read;
            }

            return (null, ProblemCatalog.BodyTooLarge(maxBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(HttpRequest request, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Kestrel's way to report a chunk size that overflows, or a client that is gone.
            throw new BadHttpRequestException("The body could not be read.", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static byte[] Grow(byte[] buffer, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static (JsonDocument? Body, Problem? Problem) Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        if (!Utf8.IsValid(json) || HasLoneSurrogate(json, options.MaxDepth))
            return (null, ProblemCatalog.MalformedJson(
                "The body must be JSON in UTF-8, and its escapes must be whole characters: a \\ud83d needs its other half."));

        try
        {
            // The document owns a copy, since the rented buffer is returned.
            return (JsonDocument.Parse(json.ToArray(), options), null);
        }
        catch (JsonException exception)
        {
            var place = exception is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $" It stops being so in line {line + 1}, byte {position + 1}."
                : "";
            return (null, ProblemCatalog.MalformedJson(
                $"The body must be one JSON value in UTF-8, nested at most {options.MaxDepth} levels deep.{place}"));
        }
    }

    /// <summary>
    /// True when an escape is half of a surrogate pair: the parser accepts it, but any later read of the text would throw.
    /// </summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        catch (JsonException)
        {
            // Not JSON at all: the parser reports where.
            return false;
        }
    }
}
