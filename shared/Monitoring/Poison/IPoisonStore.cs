using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Poison;

/// <summary>Keeps poison messages.</summary>
public interface IPoisonStore
{
    /// <summary>Keeps a message; kept again, it is the same one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task PutAsync(PoisonMessage message, CancellationToken cancellationToken);

    /// <summary>Reads a message; null when there is none.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PoisonMessage?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists messages, newest first.</summary>
    /// <param name="pageSize">Messages a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PoisonPage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Forgets a message; false when it is gone already.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes the messages that were kept before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">What is done with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of messages.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}
