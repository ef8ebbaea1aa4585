using Azure.Core;
using Azure.Core.Pipeline;
using ExportFunctions.Outages;

namespace ExportFunctions.Storage;

/// <summary>Watches the calls of storage clients, and reports to <see cref="OutageLog"/> when the account can't be reached.</summary>
public sealed class StorageOutages
{
    // A call canceled sooner than this may have been about to be answered.
    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(3);

    private readonly OutageLog _outages;
    private readonly TimeProvider _time;

    /// <summary>Starts watching.</summary>
    /// <param name="outages">Receives the outages.</param>
    /// <param name="time">The clock.</param>
    public StorageOutages(OutageLog outages, TimeProvider time)
    {
        _outages = outages;
        _time = time;
        Policy = new Watching(this);
    }

    /// <summary>The pipeline policy for each storage client; it sees each attempt.</summary>
    public HttpPipelinePolicy Policy { get; }

    /// <summary>Reports a failed call of another component's client; ignores faults that are not outages.</summary>
    /// <param name="service">The address of the service that was called.</param>
    /// <param name="exception">What it threw.</param>
    public void Failed(Uri service, Exception exception)
    {
        if (OutageFaults.IsOutage(exception))
            _outages.Failed(OutsidePart.Storage, PlaceOf(service), OutageFaults.ReasonOf(exception));
    }

    /// <summary>The app's identity got a token.</summary>
    internal void SignedIn() => _outages.Answered(OutsidePart.Identity, "");

    /// <summary>The app's identity got no token.</summary>
    /// <param name="exception">Why.</param>
    internal void NotSignedIn(Exception exception) =>
        _outages.Failed(OutsidePart.Identity, "", $"no token from its endpoint, {OutageFaults.ReasonOf(exception)}");

    /// <summary>A service's place: its host, plus the account when it is not in the host name, as with Azurite.</summary>
    internal static string PlaceOf(Uri service) =>
        service.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || !service.Host.Contains('.', StringComparison.Ordinal)
            ? $"{service.Authority}/{service.Segments.ElementAtOrDefault(1)?.TrimEnd('/')}".TrimEnd('/')
            : service.Authority;

    private void Failed(HttpMessage message, long sent, Exception exception)
    {
        var isTooSoon = message.CancellationToken.IsCancellationRequested && _time.GetElapsedTime(sent) < MinWait;
        if (!isTooSoon)
            Failed(message.Request.Uri.ToUri(), exception);
    }

    private void Received(HttpMessage message)
    {
        var place = PlaceOf(message.Request.Uri.ToUri());
        if (message.HasResponse && message.Response.Status is 502 or 503 or 504)
            _outages.Failed(OutsidePart.Storage, place, $"it answers {message.Response.Status}");
        else
            _outages.Answered(OutsidePart.Storage, place);
    }

    private sealed class Watching(StorageOutages storage) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var sent = storage._time.GetTimestamp();
            try
            {
                ProcessNext(message, pipeline);
            }
            catch (Exception exception)
            {
                storage.Failed(message, sent, exception);
                throw;
            }

            storage.Received(message);
        }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var sent = storage._time.GetTimestamp();
            try
            {
                await ProcessNextAsync(message, pipeline);
            }
            catch (Exception exception)
            {
                storage.Failed(message, sent, exception);
                throw;
            }

            storage.Received(message);
        }
    }
}
