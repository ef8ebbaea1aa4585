namespace ExportFunctions.Tests.Integration;

/// <summary>One running app that the tests of a class share.</summary>
public sealed class AppFixture(AzuriteFixture azurite, SchoolFixture school) : IAsyncLifetime
{
    private TestApp? _app;

    internal TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    internal ExportClient Client => App.Client;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
