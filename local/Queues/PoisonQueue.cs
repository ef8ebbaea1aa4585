using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ExportFunctions.Local.Queues;

/// <summary>Where messages go that failed too often: <c>{queue}-poison</c>, made on demand.</summary>
/// <param name="queue">The poison queue, with the encoding of the messages it is given.</param>
internal sealed class PoisonQueue(QueueClient queue)
{
    private const string Suffix = "-poison";

    /// <summary>The poison queue of a queue; null when that is a poison queue itself.</summary>
    /// <param name="connection">The storage account.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="options">The encoding.</param>
    public static PoisonQueue? Of(string connection, string queue, QueueClientOptions options) =>
        queue.EndsWith(Suffix, StringComparison.Ordinal) ? null : new PoisonQueue(new QueueClient(connection, queue + Suffix, options));

    /// <summary>Adds a message.</summary>
    /// <param name="body">The failed message's body.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task AddAsync(BinaryData body, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(body, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await SendAsync(body, cancellationToken);
        }
    }

    // Without an end: a message that needs a person must not vanish after the week that is the default.
    private Task<Response<SendReceipt>> SendAsync(BinaryData body, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken);
}
