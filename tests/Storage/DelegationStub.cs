using System.Security.Cryptography;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

/// <summary>A storage account that knows one call, the one for a user delegation key, and no account key: as it is on Azure.</summary>
internal sealed class DelegationStub(FakeTimeProvider time)
{
    private readonly HttpPipelineTransport _transport = new KeyTransport(time);

    public static Uri Account { get; } = new("https://school.blob.core.windows.net");

    public byte[] Key => ((KeyTransport)_transport).Value;

    public IReadOnlyList<XElement> Calls => ((KeyTransport)_transport).Calls;

    /// <summary>The status of the next answers; 200 at first.</summary>
    public int Status
    {
        set => ((KeyTransport)_transport).Status = value;
    }

    public StorageAccount Open()
    {
        var credential = new FixedToken();
        return new StorageAccount(
            new BlobServiceClient(Account, credential, new BlobClientOptions { Transport = _transport, Retry = { MaxRetries = 0 } }),
            new QueueServiceClient(new Uri("https://school.queue.core.windows.net"), credential),
            new TableServiceClient(new Uri("https://school.table.core.windows.net"), credential));
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class KeyTransport(TimeProvider time) : HttpPipelineTransport
    {
        private readonly List<XElement> _calls = [];

        public byte[] Value { get; } = RandomNumberGenerator.GetBytes(32);

        public int Status { get; set; } = 200;

        public IReadOnlyList<XElement> Calls => _calls;

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException("Call asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            Assert.Equal(RequestMethod.Post, message.Request.Method);
            Assert.Equal("?restype=service&comp=userdelegationkey", message.Request.Uri.Query);
            Assert.True(message.Request.Headers.TryGetValue("Authorization", out var authorization));
            Assert.Equal("Bearer token", authorization);

            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
            body.Position = 0;
            var asked = await XElement.LoadAsync(body, LoadOptions.None, message.CancellationToken);
            lock (_calls)
                _calls.Add(asked);

            // Others get the chance to ask at the same time.
            await Task.Yield();
            message.Response =
                new StubResponse(Status, Status == 200 ? Answer(asked) : "<Error><Code>AuthorizationPermissionMismatch</Code></Error>");
        }

        private string Answer(XElement asked) => new XElement(
            "UserDelegationKey",
            new XElement("SignedOid", "11111111-1111-1111-1111-111111111111"),
            new XElement("SignedTid", "22222222-2222-2222-2222-222222222222"),
            new XElement("SignedStart", asked.Element("Start")?.Value ?? time.GetUtcNow().ToString(
                "yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)),
            new XElement("SignedExpiry", asked.Element("Expiry")!.Value),
            new XElement("SignedService", "b"),
            new XElement("SignedVersion", "2020-12-06"),
            new XElement("Value", Convert.ToBase64String(Value))).ToString();
    }
}
