namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>Tries a logo when the app starts.</summary>
internal static class LogoCheck
{
    /// <summary>What is wrong with a logo, in words; null when nothing is.</summary>
    public static string? FaultOf(string path)
    {
        try
        {
            Logo.Load(path);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "there is no such file";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "it can't be read; let the app's account read it";
        }
    }
}
