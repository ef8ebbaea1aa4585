using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Http;

/// <summary>The key that callers must supply, in the header <c>x-functions-key</c> or as <c>?code=</c>.</summary>
internal sealed class FunctionKey
{
    /// <summary>The setting with the key; if it is not set, no key is required.</summary>
    public const string Setting = "FUNCTIONS_KEY";

    /// <summary>The header with the key.</summary>
    public const string Header = "x-functions-key";

    private readonly byte[] _hash;

    private FunctionKey(string key) => _hash = Hash(key);

    /// <summary>The configured key; null when none is set.</summary>
    public static FunctionKey? From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } key ? new FunctionKey(key) : null;

    /// <summary>Responds 401 instead of calling the handler when the key is missing or wrong.</summary>
    public RequestDelegate Require(RequestDelegate handler) => context =>
        IsGiven(context.Request)
            ? handler(context)
            : Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, $"Give the function key in the header {Header} or as ?code=.");

    private bool IsGiven(HttpRequest request)
    {
        var given = request.Headers.TryGetValue(Header, out var header) ? header.ToString() : request.Query["code"].ToString();
        // Hashes all have the same length, so the comparison's time reveals nothing, not even the key's length.
        return CryptographicOperations.FixedTimeEquals(Hash(given), _hash);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
