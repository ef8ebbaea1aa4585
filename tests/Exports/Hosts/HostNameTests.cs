using ExportFunctions.Exports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Exports.Hosts;

/// <summary>What a host is called in the records.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("app-service", "app-service", "pod", "container")]
    [InlineData("pod", null, "pod", "container")]
    [InlineData("container", "", "", "container")]
    public void HostName_IsTheInstancesId_OnAzure(string expected, string? instance, string? pod, string? container)
    {
        var options = Options(("WEBSITE_INSTANCE_ID", instance), ("WEBSITE_POD_NAME", pod), ("CONTAINER_NAME", container));

        Assert.Equal(expected, options.HostName);
    }

    [Fact]
    public void HostName_IsTheMachines_ElsewhereOrAsSet()
    {
        Assert.Equal(Environment.MachineName, Options().HostName);
        Assert.Equal("blue", Options(("Exports:HostName", "blue")).HostName);
    }

    private static ExportOptions Options(params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        using var services = new ServiceCollection().AddExports(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<ExportOptions>>().Value;
    }
}
