using ExportFunctions.Functions;
using ExportFunctions.Functions.Http;
using ExportFunctions.Startup;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// The settings files of a running app are never edited, and watching them takes a thread.
var builder = FunctionsApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
if (TimerSettings.ProblemIn(builder.Configuration) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}

builder.ConfigureFunctionsWebApplication();
builder.Services.Configure<WorkerOptions>(options => options.InputConverters.RegisterAt<CancellationTokenConverter>(0));
builder.UseMiddleware<FaultMiddleware>();
if (ForeignRequestMiddleware.IsKeyless(builder.Configuration))
    builder.UseMiddleware<ForeignRequestMiddleware>();

// ASP.NET Core logs the URL of every request, including a function key given as ?code=.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.RemoveKeyRing();
builder.Services.AddExportFunctions(builder.Configuration);

using var host = builder.Build();
try
{
    SettingsCheck.Run(host.Services);
}
catch (OptionsValidationException exception)
{
    foreach (var failure in exception.Failures)
        await Console.Error.WriteLineAsync(failure);

    return 1;
}

await host.RunAsync();
return 0;
