using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Local.Hosting;

/// <summary>Hosts of this assembly's own functions, on free ports.</summary>
internal static class LocalHosts
{
    public static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();

    public static LocalHostOptions Options(
        Func<FunctionDefinition, bool> serves, IConfiguration settings, Action<IServiceCollection>? addServices = null) => new()
        {
            Configuration = settings,
            HostSettings = new HostSettings { RoutePrefix = "" },
            Assemblies = [typeof(LocalHosts).Assembly],
            AddServices = (services, _) => addServices?.Invoke(services),
            Serves = serves,
            Port = 0,
        };

    public static FunctionDefinition? Find(string name) =>
        FunctionDiscovery.Find([typeof(LocalHosts).Assembly]).SingleOrDefault(function => function.Name == name);
}
