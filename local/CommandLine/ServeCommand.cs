using System.CommandLine;
using System.Globalization;
using System.Net;
using ExportFunctions.Datasets;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using ExportFunctions.Local.Inbox;
using ExportFunctions.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>serve</c>: hosts the app until Ctrl+C.</summary>
/// <param name="app">Starts the app.</param>
/// <param name="console">Shows what is running.</param>
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

    private readonly Option<bool> _verbose = new("--verbose") { Description = "List the functions as well, and what each runs on." };

    public Command Build()
    {
        var command = new Command("serve", "Host the app until Ctrl+C.");
        _port.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port)
                && port is < 0 or > 65535)
                result.AddError("--port must be from 0 to 65535.");
        });
        Configure(command);
        return command;
    }

    /// <summary>Adds the options and the action of this command to another.</summary>
    public void Configure(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_host);
        command.Options.Add(_verbose);
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
        Describe(running, arguments.GetValue(_verbose));
        await cancellationToken.WaitAsync();
        console.Say("Stopping: nothing new is taken; what runs may finish for a while. Ctrl+C again ends at once.");
        return ExitCode.Succeeded;
    }

    private void AddLogging(ILoggingBuilder logging) => logging
        .AddConfiguration(app.Settings.GetSection("Logging"))
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

    private void Describe(RunningApp running, bool isVerbose)
    {
        var functions = running.Host.Functions;
        if (isVerbose)
        {
            var width = functions.Max(function => function.Name.Length);
            foreach (var function in functions)
                console.Say($"{function.Name.PadRight(width)}  {Trigger(function)}");
        }

        var url = running.Host.Url.GetLeftPart(UriPartial.Authority).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Say("Address", url);
        Say("Docs", $"{url}/api/docs");
        Say(
            "Inbox",
            running.Host.Services.GetService<DevelopmentInbox>() is not null ? url + InboxPages.Path : $"none here: {Mails(running)}");
        Say("Storage", running.Storage.IsStarted
            ? "Azurite, started by this program and stopped with it; its data is kept in .local/azurite"
            : "as set in AzureWebJobsStorage");
        Say("Datasets", $"{string.Join(", ", Datasets(running))} ({app.Settings[LocalSettings.DatasetsFile]})");
        Say("Webhooks", app.Settings[LocalKey.Setting] is { Length: > 0 }
            ? "can be made"
            : $"none: set {LocalKey.Setting} to what \"openssl rand -base64 32\" gives, the same wherever the app runs on this storage");
        Say("Key", Key(running));
        Say("Functions", isVerbose ? $"{functions.Count}" : $"{functions.Count}; --verbose lists them");
        console.Say("Ctrl+C stops it.");
    }

    private void Say(string name, string text) => console.Say($"{name,-10} {text}");

    private static IEnumerable<string> Datasets(RunningApp running) =>
        running.Host.Services.GetRequiredService<DatasetCatalog>().Datasets.Select(dataset => dataset.Name);

    private static string Mails(RunningApp running) =>
        InboxServices.ReasonForNone(running.Host.Options) is { } reason
            ? $"mails are off, as {reason}; SMTP_HOST or SENDGRID_API_KEY sends them"
        : running.Host.Services.GetRequiredService<IOptions<NotificationOptions>>().Value.EmailEnabled ? "mails go to the mail server"
        : "no mails are sent";

    private string Key(RunningApp running)
    {
        if (app.Settings[FunctionKey.Setting] is { Length: > 0 })
            return $"callers give the function key, in the header {FunctionKey.Header} or as ?code=";

        var isLocal = IPAddress.TryParse(running.Host.Url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
        return isLocal
            ? "none is asked for"
            : $"none: anyone who can reach this machine can use it; set {FunctionKey.Setting} to ask for one";
    }

    private string Trigger(FunctionDefinition function) => function switch
    {
        HttpFunction http => $"{string.Join(',', http.Verbs).ToUpperInvariant()} /{http.Route}",
        QueueFunction queue => $"queue {queue.Queue}",
        TimerFunction timer => $"timer {SettingNames.Resolve(timer.Schedule, app.Settings, timer.Name)}",
        _ => function.GetType().Name,
    };
}
