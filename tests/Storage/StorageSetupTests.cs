using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Storage;

/// <summary>The start: what the account lacks is created, also on one that refuses the app's identity for a while.</summary>
public sealed class StorageSetupTests
{
    [Fact]
    public async Task Starting_GoesOn_OnceTheRolesAreInForce()
    {
        var account = new RefusingAccount("AuthorizationPermissionMismatch", until: TimeSpan.FromSeconds(10));

        await account.StartAsync();

        Assert.Equal(TimeSpan.FromSeconds(2 + 4 + 8), account.Time.Waited);
    }

    [Theory]
    [InlineData("AuthorizationPermissionMismatch", 34)]
    [InlineData("AuthenticationFailed", 0)]
    public async Task Starting_Fails_WhenTheIdentityIsRefusedForGood(string code, int seconds)
    {
        var account = new RefusingAccount(code, until: TimeSpan.FromHours(1));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(account.StartAsync);

        Assert.Equal((403, code), (fault.Status, fault.ErrorCode));
        Assert.Equal(TimeSpan.FromSeconds(seconds), account.Time.Waited);
    }

    [Fact]
    public async Task Starting_CreatesWhatIsMissing_AndAsksForNothingElse()
    {
        var account = new RefusingAccount("", until: TimeSpan.Zero) { HasContainer = StorageNames.FilesContainer };

        await account.StartAsync();

        var created = StorageNames.Containers.Count - 1 + StorageNames.Queues.Count + StorageNames.Tables.Count;
        Assert.Equal((3, created), (account.Listed, account.Created));
    }

    [Fact]
    public async Task Starting_AsksForEach_WhenNothingMayBeListed()
    {
        var account = new RefusingAccount("AuthorizationPermissionMismatch", until: TimeSpan.Zero) { RefusesLists = true };

        await account.StartAsync();

        Assert.Equal(StorageNames.Containers.Count + StorageNames.Queues.Count + StorageNames.Tables.Count, account.Created);
        Assert.Equal(TimeSpan.Zero, account.Time.Waited);
    }

    /// <summary>A clock on which every pause is over at once.</summary>
    private sealed class PauselessTime : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Waited;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private sealed class RefusingAccount(string code, TimeSpan until) : HttpPipelineTransport
    {
        private int _listed;
        private int _created;

        public PauselessTime Time { get; } = new();

        public Task StartAsync() =>
            new StorageSetup(Open(), new StorageClock(Time), Time, NullLogger<StorageSetup>.Instance).StartingAsync(
                TestContext.Current.CancellationToken);

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException("Call asynchronously.");

        public string? HasContainer { get; init; }

        public bool RefusesLists { get; init; }

        public int Listed => _listed;

        public int Created => _created;

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            var isList = message.Request.Method == RequestMethod.Get;
            if (Time.Waited < until || (isList && RefusesLists))
                message.Response = new StubResponse(403, $"<Error><Code>{code}</Code></Error>");
            else
                message.Response = isList ? new StubResponse(200, List(message.Request.Uri.Host!)) : new StubResponse(201, "");

            if (message.Response.Status < 400)
                Interlocked.Increment(ref isList ? ref _listed : ref _created);

            return ValueTask.CompletedTask;
        }

        private string List(string host) => host.Split('.')[1] switch
        {
            "blob" when HasContainer is { } name =>
                $"<EnumerationResults><Containers><Container><Name>{name}</Name><Properties><Last-Modified>Mon, 02 Nov 2026 08:00:00"
                    + " GMT</Last-Modified>"
                + "<Etag>1</Etag></Properties></Container></Containers></EnumerationResults>",
            "blob" => "<EnumerationResults><Containers /></EnumerationResults>",
            "queue" => "<EnumerationResults><Queues /></EnumerationResults>",
            _ => """{"value":[]}""",
        };

        private StorageAccount Open()
        {
            var credential = DelegatedTokenCredential.Create((_, _) => new AccessToken("token", DateTimeOffset.MaxValue));
            return new StorageAccount(
                new BlobServiceClient(
                    new Uri("https://school.blob.core.windows.net"), credential, new BlobClientOptions { Transport = this }),
                new QueueServiceClient(
                    new Uri("https://school.queue.core.windows.net"), credential, new QueueClientOptions { Transport = this }),
                new TableServiceClient(
                    new Uri("https://school.table.core.windows.net"), credential, new TableClientOptions { Transport = this }));
        }
    }
}
