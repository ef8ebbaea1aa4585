using ExportFunctions.Local.CommandLine;
using Spectre.Console;

namespace ExportFunctions.Tests.Integration;

/// <summary>A command line's run in this process, as in a pipe: no terminal.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command of a running app.</summary>
    public static Task<CommandRun> OnAsync(TestApp app, params string[] arguments) =>
        RunAsync([.. arguments, "--url", app.Http.BaseAddress!.AbsoluteUri]);

    /// <summary>Runs a command.</summary>
    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        // Narrow, so that what is made for a width would be broken or cut.
        console.Profile.Width = 40;
        var code = await Commands.RunAsync(arguments, console, error, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
