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

    /// <summary>Reads what a body asks for, or the problem, with all that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes of the body.</param>
    /// <param name="options">How it is parsed.</param>
    /// <param name="errors">What is wrong already; takes what is wrong with the body.</param>
    /// <param name="read">Reads the body; what it gives counts where nothing is wrong.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<(T? Asked, Problem? Problem)> ReadAsync<T>(
        HttpRequest request,
        int maxBytes,
        JsonDocumentOptions options,
        FieldErrors errors,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken) =>
        ReadAsync(request, maxBytes, options, errors, body => Task.FromResult(read(body)), cancellationToken);

    /// <summary>Reads what a body asks for by a reader that takes its time.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes of the body.</param>
    /// <param name="options">How it is parsed.</param>
    /// <param name="errors">What is wrong already; takes what is wrong with the body.</param>
    /// <param name="read">Reads the body; what it gives counts where nothing is wrong.</param>
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

        // The limit is far above what nearly all requests have: the buffer grows with what comes.
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
            // So Kestrel tells of a chunk size that overflows, and of a client that is gone.
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
            // The document owns a copy: the rented buffer goes back.
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
    /// True when an escape is half a surrogate pair: the parser lets it pass and every later reading of the text would throw.
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
            // Not JSON at all: the parser says where.
            return false;
        }
    }
}
