using System.Security.Cryptography;

namespace ExportFunctions.Local.Hosting;

/// <summary>The key that webhooks' secrets are stored under on this machine, where no setting gives one: made once, and kept beside the emulator's data.</summary>
internal static class LocalKey
{
    public const string Setting = "WEBHOOK_SECRETS_KEY";

    private const int Bytes = 32;

    /// <summary>Reads the key, or makes it.</summary>
    /// <param name="file">Where it is kept.</param>
    /// <returns>The key; null where nothing can be written, as in a container: there are no webhooks then until the setting gives one.</returns>
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
