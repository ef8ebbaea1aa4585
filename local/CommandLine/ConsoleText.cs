using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Writes plain sentences to the console.</summary>
internal static class ConsoleText
{
    /// <summary>Writes a line without wrapping: the console would break it at its width, and a broken path can't be copied.</summary>
    /// <param name="console">The console, without an active live display.</param>
    /// <param name="text">The sentence.</param>
    public static void Say(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);
}
