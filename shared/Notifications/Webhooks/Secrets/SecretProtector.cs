using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Secrets;

/// <summary>
/// Encrypts secrets before they are stored and decrypts them again: AES-256-GCM, bound to their owner, so that none can be swapped for
/// another. The key is not in the storage account: access to the table alone reveals no secret.
/// </summary>
internal sealed class SecretProtector(IOptions<WebhookOptions> options)
{
    private const string Layout = "1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly SecretKeys _keys =
        SecretKeys.TryParse(options.Value.SecretsKey) ?? throw new InvalidOperationException("WEBHOOK_SECRETS_KEY was not checked.");

    /// <summary>Whether there is a key at all.</summary>
    public bool HasKey => _keys.Current is not null;

    /// <summary>Encrypts a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="owner">The owner it is bound to.</param>
    public string Protect(string secret, string owner)
    {
        var id = _keys.Current ?? throw new InvalidOperationException("WEBHOOK_SECRETS_KEY is missing.");
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_keys.Find(id)!, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes),
            plain,
            box.AsSpan(NonceBytes + TagBytes),
            box.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(owner));
        return $"{Layout}.{id}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>Decrypts a secret; null when its key is gone or it was tampered with.</summary>
    /// <param name="cipher">The encrypted secret.</param>
    /// <param name="owner">The owner it is bound to.</param>
    public string? Unprotect(string cipher, string owner)
    {
        if (cipher.Split('.') is not [Layout, var id, var text] || _keys.Find(id) is not { } key)
            return null;

        try
        {
            var box = Base64Url.DecodeFromChars(text);
            if (box.Length < NonceBytes + TagBytes)
                return null;

            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                box.AsSpan(0, NonceBytes),
                box.AsSpan(NonceBytes + TagBytes),
                box.AsSpan(NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(owner));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is FormatException or AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
