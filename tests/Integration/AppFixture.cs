namespace ExportFunctions.Tests.Integration;

/// <summary>One running app that the tests of a class share.</summary>
public sealed class AppFixture(AzuriteFixture azurite, SchoolFixture school) : IAsyncLifetime
{
    private TestApp? _app;

    internal TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    internal ExportClient Client => App.Client;

    public async ValueTask InitializeAsync()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);
        _app = await TestApp.StartAsync(settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
