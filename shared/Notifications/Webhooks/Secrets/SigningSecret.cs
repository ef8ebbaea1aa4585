using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExportFunctions.Notifications.Webhooks.Secrets;

/// <summary>Signing secrets of Standard Webhooks 1.0.0: <c>whsec_</c> and Base64 of 24 to 64 random bytes.</summary>
internal static class SigningSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static string Make() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A signature in the format of the header <c>webhook-signature</c>.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="id">The message's id, without a full stop.</param>
    /// <param name="timestamp">When it is sent, in whole seconds.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(string secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}."));
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        hash.AppendData(head);
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
