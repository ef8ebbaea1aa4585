using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Storage;

/// <summary>Links signed with the account's key, on the real emulator.</summary>
[Integration]
public sealed class BlobLinksOnAzuriteTests(AzuriteFixture azurite)
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task CreateReadLink_GrantsReadingThatBlobAndNothingElse_WhenThereIsAnAccountKey()
    {
        var account = StorageAccount.Create(new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", azurite.ConnectionString)]).Build());
        var container = account.Blobs.GetBlobContainerClient(AzuriteFixture.UniqueName("links"));
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        var file = container.GetBlockBlobClient("file.csv");
        await file.UploadAsync(new MemoryStream("a,b"u8.ToArray()), cancellationToken: TestContext.Current.CancellationToken);
        await container.GetBlockBlobClient(
            "other.csv").UploadAsync(new MemoryStream([1]), cancellationToken: TestContext.Current.CancellationToken);
        using var links = new BlobLinks(account, TimeProvider.System);

        var link = await links.CreateReadLinkAsync(
            file, TimeSpan.FromMinutes(10), "attachment; filename=\"students.csv\"", CancellationToken.None);

        using var answer = await Http.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal("a,b", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("students.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(
            HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, new BlobUriBuilder(link) { BlobName = "other.csv" }.ToUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Delete, link));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpMethod method, Uri link)
    {
        using var request = new HttpRequestMessage(method, link);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
