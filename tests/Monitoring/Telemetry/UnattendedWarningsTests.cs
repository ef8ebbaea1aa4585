using ExportFunctions.Monitoring.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Tests.Monitoring.Telemetry;

/// <summary>What reaches Application Insights from outside an invocation, with a stand-in for the address that takes it.</summary>
public sealed class UnattendedWarningsTests
{
    [Fact]
    public async Task Warnings_AreExported_WhenTheyBelongToNoInvocation()
    {
        await using var insights = await IngestionStub.StartAsync();
        await using (var services = Services(insights.ConnectionString))
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ExportFunctions.Start");
            logger.LogInformation("Nothing to see.");
            logger.LogWarning("The setting {Name} is odd.", "SMTP_HOST");
            logger.LogError(new InvalidOperationException("It broke."), "The start failed.");
            using (logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["AzureFunctions_InvocationId"] = "0198" }))
                logger.LogWarning("The host forwards this one.");
        }

        Assert.Contains("The setting SMTP_HOST is odd.", insights.Received, StringComparison.Ordinal);
        Assert.Contains("It broke.", insights.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing to see.", insights.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("The host forwards this one.", insights.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void Exporter_IsNotMade_WhenThereIsNothingToTell()
    {
        var made = 0;
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new UnattendedWarnings(() =>
        {
            made++;
            return new LoggerFactory();
        })));

        factory.CreateLogger("x").LogInformation("All is well.");

        Assert.Equal(0, made);
    }

    [Theory]
    [InlineData("ClientId=0b5e2e0c-0000-4000-8000-000000000001;Authorization=AAD", true)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ApplicationInsights_SignsIn_WhenItIsToldTo(string? signIn, bool signsIn)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(ApplicationInsights.Setting, "InstrumentationKey=00000000-0000-0000-0000-000000000001"), new(
                ApplicationInsights.SignInSetting, signIn)])
            .Build();

        var insights = ApplicationInsights.Read(configuration);

        Assert.Equal(signsIn, insights!.Identity is not null);
    }

    private static ServiceProvider Services(string connectionString)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(ApplicationInsights.Setting, connectionString)]).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTelemetry(configuration);
        return services.BuildServiceProvider();
    }
}
