using ExportFunctions.Functions.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Tests.Http;

/// <summary>The one service that reads ASP.NET Core's key ring at each start goes, under the name that it has in this version.</summary>
public sealed class KeyRingRemovalTests
{
    [Fact]
    public void RemoveKeyRing_RemovesItsReader_AndNothingElse()
    {
        var services = new ServiceCollection();
        services.AddDataProtection();
        services.AddHostedService<Other>();
        var before = services.Count;

        services.RemoveKeyRing();

        Assert.Equal(before - 1, services.Count);
        Assert.Equal(typeof(Other), Assert.Single(services, service => service.ServiceType == typeof(IHostedService)).ImplementationType);
    }

    private sealed class Other : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
