using System.Security.Cryptography;
using System.Text;

namespace ExportFunctions.Datasets.Identity;

/// <summary>Hashes canonical texts.</summary>
internal static class IdentityHash
{
    private const int Bytes = 16;

    /// <summary>The first half of the text's SHA-256, in lower-case hexadecimal.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
