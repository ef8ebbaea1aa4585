using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The local host against the document.</summary>
[Integration]
public sealed class LocalContractTests(AzuriteFixture azurite, SchoolFixture school) : OpenApiContract, IAsyncLifetime
{
    private const string Key = "a function's key";

    private TestApp? _app;

    private protected override ExportClient Client => _app!.Client;

    public async ValueTask InitializeAsync()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);
        settings["FUNCTIONS_KEY"] = Key;
        _app = await TestApp.StartAsync(settings);
        _app.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
