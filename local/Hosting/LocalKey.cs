using System.Security.Cryptography;

namespace ExportFunctions.Local.Hosting;

/// <summary>
/// The key that webhooks' secrets are stored under on this machine, where no setting gives one: made once, and kept beside the emulator's
/// data. In a container none is made: it would go with the container, and the next could not read what was stored under it.
/// </summary>
internal static class LocalKey
{
    public const string Setting = "WEBHOOK_SECRETS_KEY";

    // Set in .NET's own images and what is built on them.
    private const string InContainer = "DOTNET_RUNNING_IN_CONTAINER";

    private const int Bytes = 32;

    /// <summary>Whether a key may be made here.</summary>
    /// <param name="environment">Gives an environment variable's value.</param>
    public static bool MayBeMade(Func<string, string?> environment) => environment(InContainer) is not ("true" or "1");

    /// <summary>Reads the key, or makes it.</summary>
    /// <param name="file">Where it is kept.</param>
    /// <returns>The key; null where nothing can be written: there are no webhooks then until the setting gives one.</returns>
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

        // Written aside and moved: another host that starts at this moment finds a whole key or none.
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
            // The other host was first, and its key holds.
            File.Delete(draft);
        }
    }
}
