using Azure.Identity;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Storage;

public sealed class StorageCredentialTests
{
    [Theory]
    [InlineData("managedidentity", typeof(ManagedIdentityCredential))]
    [InlineData("ManagedIdentity", typeof(ManagedIdentityCredential))]
    [InlineData("workloadidentity", typeof(WorkloadIdentityCredential))]
    [InlineData("", typeof(DefaultAzureCredential))]
    [InlineData(null, typeof(DefaultAzureCredential))]
    public void Create_SignsInAsTheSettingsSay(string? credential, Type expected)
    {
        var section = Section(("credential", credential), ("clientId", "0b5e2e0c-0000-4000-8000-000000000001"));

        var made = StorageCredential.Create(section);

        Assert.IsType(expected, made);
    }

    [Fact]
    public void Create_TakesAnIdentityByItsResource_OrTheAppsOwn()
    {
        const string Resource = "/subscriptions/x/resourceGroups/y/providers/Microsoft.ManagedIdentity/userAssignedIdentities/z";

        Assert.IsType<ManagedIdentityCredential>(
            StorageCredential.Create(Section(("credential", "managedidentity"), ("managedIdentityResourceId", Resource))));
        Assert.IsType<ManagedIdentityCredential>(StorageCredential.Create(Section(("credential", "managedidentity"))));
    }

    [Fact]
    public void Create_NamesTheSetting_WhenThereIsNoSuchCredential()
    {
        var section = Section(("credential", "certificate"));

        var fault = Assert.Throws<InvalidOperationException>(() => StorageCredential.Create(section));

        Assert.Contains(
            "AzureWebJobsStorage__credential is 'certificate' and must be managedidentity", fault.Message, StringComparison.Ordinal);
    }

    private static IConfigurationSection Section(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create($"{StorageAccount.Setting}:{setting.Name}", setting.Value)))
            .Build()
            .GetSection(StorageAccount.Setting);
}
