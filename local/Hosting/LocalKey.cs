using System.Security.Cryptography;

namespace ExportFunctions.Local.Hosting;

/// <summary>
/// The key that encrypts webhooks' secrets on this machine if no setting provides one: created once, and stored next to the emulator's
/// data. In a container none is created: it would be lost with the container, and the next one could not decrypt stored secrets.
/// </summary>
internal static class LocalKey
{
    public const string Setting = "WEBHOOK_SECRETS_KEY";

    // Set in .NET's own images and those based on them.
    private const string InContainer = "DOTNET_RUNNING_IN_CONTAINER";

    private const int Bytes = 32;

    /// <summary>Whether a key may be created here.</summary>
    /// <param name="environment">Returns an environment variable's value.</param>
    public static bool MayBeMade(Func<string, string?> environment) => environment(InContainer) is not ("true" or "1");

    /// <summary>Reads the key, or creates it.</summary>
    /// <param name="file">Its file.</param>
    /// <returns>The key; null when nothing can be written: then there are no webhooks until the setting provides a key.</returns>
    public static string? ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file))
                Make(file);

            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        // Written to a temporary file and moved: another host starting right now finds a complete key or none.
        var draft = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException)
        {
            // The other host was first, and its key is used.
            File.Delete(draft);
        }
    }
}
