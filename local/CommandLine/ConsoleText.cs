using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Plain sentences on the console.</summary>
internal static class ConsoleText
{
    /// <summary>Writes a line as it is: the console would break it at its width, and a broken path can't be copied.</summary>
    /// <param name="console">The console, with no live display at the time.</param>
    /// <param name="text">The sentence.</param>
    public static void Say(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);
}
