using System.Security.Cryptography;

namespace ExportFunctions.Notifications.Webhooks.Secrets;

/// <summary>The keys that encrypt stored secrets. The first encrypts; the others still decrypt older secrets.</summary>
internal sealed class SecretKeys
{
    private const int KeyBytes = 32;
    private const int IdBytes = 4;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    private SecretKeys(IEnumerable<byte[]> keys)
    {
        foreach (var key in keys)
        {
            // Distinguishes keys without revealing anything about them: a hash of 32 random bytes.
            var id = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdBytes));
            _keys.TryAdd(id, key);
            Current ??= id;
        }
    }

    /// <summary>The id of the key that encrypts; null when there is none.</summary>
    public string? Current { get; }

    public byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    /// <summary>Parses the setting; null when it is not a list of keys.</summary>
    public static SecretKeys? TryParse(string? setting)
    {
        var keys = new List<byte[]>();
        foreach (var text in (setting ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = new byte[KeyBytes];
            if (!Convert.TryFromBase64String(text, key, out var length) || length != KeyBytes)
                return null;

            keys.Add(key);
        }

        return new SecretKeys(keys);
    }
}
