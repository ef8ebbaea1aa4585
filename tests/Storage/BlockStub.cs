using System.Net;
using System.Web;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace ExportFunctions.Tests.Storage;

/// <summary>A block blob that takes every block at once, and remembers which were staged and committed.</summary>
internal sealed class BlockStub : HttpPipelineTransport
{
    public List<string> Staged { get; } = [];

    public List<string>? Committed { get; private set; }

    public BlockBlobClient Open() => new(
        new Uri("https://school.blob.core.windows.net/exports/file"),
        new BlobClientOptions { Transport = this, Retry = { MaxRetries = 0 } });

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => ProcessAsync(message).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        using var body = new MemoryStream();
        await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
        body.Position = 0;
        var query = HttpUtility.ParseQueryString(message.Request.Uri.Query);
        lock (Staged)
        {
            if (query["comp"] == "block")
                Staged.Add(query["blockid"]!);
            else
                Committed = [.. XDocument.Load(body).Root!.Elements().Select(block => block.Value)];
        }

        message.Response = new StubResponse((int)HttpStatusCode.Created, "");
    }
}
