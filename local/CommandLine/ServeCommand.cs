using System.CommandLine;
using System.Globalization;
using System.Net;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>serve</c>: hosts the app until Ctrl+C.</summary>
/// <param name="app">Starts the app.</param>
/// <param name="console">Says what is up.</param>
internal sealed class ServeCommand(AppStart app, IAnsiConsole console)
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on; 0 takes a free one.",
        DefaultValueFactory = _ => 7071,
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "The address to listen on: localhost, * for all, or an IP address of this machine.",
        DefaultValueFactory = _ => "localhost",
    };

    public Command Build()
    {
        var command = new Command("serve", "Host the app until Ctrl+C.");
        _port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port) && port is < 0 or > 65535)
                result.AddError("--port must be from 0 to 65535.");
        });
        Configure(command);
        return command;
    }

    /// <summary>Gives a command the options and the action of this one.</summary>
    public void Configure(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_host);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var running = await app.RunAsync(
            options => options with
            {
                Port = arguments.GetValue(_port),
                Host = arguments.GetValue(_host)!,
                AddLogging = AddLogging,
            },
            cancellationToken);
        Describe(running);
        await cancellationToken.WaitAsync();
        console.Say("Stopping: nothing new is taken; what runs may finish for a while. Ctrl+C again ends at once.");
        return ExitCode.Succeeded;
    }

    private static void AddLogging(ILoggingBuilder logging) => logging
        .AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "HH:mm:ss'Z' ";
            options.ColorBehavior = LoggerColorBehavior.Default;
        })
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddFilter("Azure", LogLevel.Warning)
        .SayStartFailuresOnce();

    private void Describe(RunningApp running)
    {
        var url = running.Host.Url.GetLeftPart(UriPartial.Authority).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Function", "Runs on");
        foreach (var function in running.Host.Functions)
            table.AddRow(Markup.Escape(function.Name), Markup.Escape(Trigger(function)));

        console.Write(table);
        console.Say(running.Storage.IsStarted
            ? "Storage: Azurite, started by this program and stopped with it; its data is kept in .local/azurite."
            : "Storage: as set in AzureWebJobsStorage.");
        console.Say($"The app is at {url} and its API's documentation at {url}/api/docs. Ctrl+C stops it.");
        if (app.Settings[LocalKey.Setting] is not { Length: > 0 })
            console.MarkupLineInterpolated(
                $"[yellow]There are no webhooks: set {LocalKey.Setting} to what \"openssl rand -base64 32\" gives, the same wherever the app runs on this storage.[/]");
        if (app.Settings[FunctionKey.Setting] is { Length: > 0 })
            console.Say($"Callers must give the function key, in the header {FunctionKey.Header} or as ?code=.");
        else if (!IPAddress.TryParse(running.Host.Url.Host.Trim('[', ']'), out var address) || !IPAddress.IsLoopback(address))
            console.MarkupLineInterpolated($"[yellow]Anyone who can reach this machine can use it: set {FunctionKey.Setting} to ask for a key.[/]");
    }

    private string Trigger(FunctionDefinition function) => function switch
    {
        HttpFunction http => $"{string.Join(',', http.Verbs).ToUpperInvariant()} /{http.Route}",
        QueueFunction queue => $"queue {queue.Queue}",
        TimerFunction timer => $"timer {SettingNames.Resolve(timer.Schedule, app.Settings, timer.Name)}",
        _ => function.GetType().Name,
    };
}
