using System.Collections.Concurrent;
using ExportFunctions.Notifications.Expiry;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Notifications.Expiry;

/// <summary>The calendar in memory.</summary>
internal sealed class MemoryExpiryCalendar
{
    private readonly ConcurrentDictionary<ExpiryEntry, bool> _entries = new();

    public IReadOnlyCollection<ExpiryEntry> Entries => [.. _entries.Keys];

    public IExpiryCalendar As(Fuse fuse) => new View(this, fuse);

    private sealed class View(MemoryExpiryCalendar calendar, Fuse fuse) : IExpiryCalendar
    {
        public Task AddAsync(ExpiryEntry entry, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            calendar._entries[entry] = true;
            return Task.CompletedTask;
        });

        public IAsyncEnumerable<ExpiryEntry> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
            calendar._entries.Keys.Where(entry => entry.TellAt <= now).OrderBy(entry => entry.TellAt).ToAsyncEnumerable();

        public Task RemoveAsync(ExpiryEntry entry, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            calendar._entries.TryRemove(entry, out _);
            return Task.CompletedTask;
        });
    }
}
