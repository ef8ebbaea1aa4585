namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>Validates a logo at startup.</summary>
internal static class LogoCheck
{
    /// <summary>The error in a logo, in words; null when there is none.</summary>
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
