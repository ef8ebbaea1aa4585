using System.CommandLine;
using System.CommandLine.Invocation;
using Azure;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;
using ExportFunctions.Outages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command line: <c>serve</c> (also without a command), <c>export</c>, <c>seed</c>, and commands for a running app.</summary>
internal static class Commands
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="console">Receives regular output.</param>
    /// <param name="error">Receives errors.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, IAnsiConsole console, TextWriter error, CancellationToken stop)
    {
        try
        {
            var repository = Repository.Find();
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // StopSignals handles signals, so that stopping may take as long as the grace period.
                ProcessTerminationTimeout = null,
                Error = error,
            };
            var parsed = Build(repository, console).Parse(arguments);
            // Errors would scroll away above a page of help.
            if (parsed.Action is ParseErrorAction mistakes)
                mistakes.ShowHelp = false;

            return await parsed.InvokeAsync(invocation, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            await error.WriteLineAsync(Explain(exception));
            return ExitCode.Failed;
        }
    }

    internal static RootCommand Build(Repository repository, IAnsiConsole console)
    {
        var settings = new Lazy<IConfigurationRoot>(() => LocalSettings.Load(repository));
        var app = new AppStart(repository, settings, console);
        var serve = new ServeCommand(app, console);
        ApiCommands api = new(name => settings.Value[name], console);
        var root = new RootCommand("Exports of database records to Excel, CSV and PDF. Without a command: serve.")
        {
            serve.Build(),
            new ExportCommand(app, console).Build(),
            new ExportsCommand(api).Build(),
            new ExportsCommand(api).BuildRestore(),
            new SchedulesCommand(api).Build(),
            new WebhooksCommand(api).Build(),
            SeedCommand.Create(repository.Root, name => settings.Value[name], console, TimeProvider.System),
        };
        foreach (var command in new RecordsCommands(api).Build())
            root.Add(command);

        serve.Configure(root);
        return root;
    }

    /// <summary>One sentence for faults that the user can fix, and full details for others.</summary>
    private static string Explain(Exception exception) => exception switch
    {
        StartFailedException or SeedFailedException or DatasetsFileException => exception.Message,
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        RequestFailedException or AggregateException { InnerException: RequestFailedException } when !OutageFaults.IsOutage(exception) =>
            $"Storage failed: check the setting {StorageConnection.HostStorage}. It said: {FirstLine(exception)}",
        RequestFailedException or AggregateException or OperationCanceledException when OutageFaults.IsOutage(exception) =>
            $"Storage can't be reached: {OutageFaults.ReasonOf(exception)}. Check the setting {StorageConnection.HostStorage}, or run the"
                + " command again later.",
        _ => exception.ToString(),
    };

    private static string FirstLine(Exception exception) =>
        (exception.InnerException as RequestFailedException ?? exception).Message.Split('\n')[0].TrimEnd();
}
