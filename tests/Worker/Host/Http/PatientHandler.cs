using System.Net.Sockets;

namespace ExportFunctions.TestHost.Http;

/// <summary>Tries again while nobody listens: the worker tells its host of its port before it listens there, and the Functions host waits for it in the same way.</summary>
internal sealed class PatientHandler : DelegatingHandler
{
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public PatientHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException && tries < Tries)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
