using System.Collections;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Storage;

/// <summary>The readable records of a list, in order, together with the unreadable ones: one bad record must not hide the others.</summary>
/// <typeparam name="T">The type of record.</typeparam>
[CollectionBuilder(typeof(RecordList), nameof(RecordList.Create))]
public sealed class RecordList<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> _records;

    internal RecordList(IReadOnlyList<T> records, IReadOnlyList<UnreadableRecord> unreadable)
    {
        _records = records;
        Unreadable = unreadable;
    }

    /// <inheritdoc/>
    public int Count => _records.Count;

    /// <summary>The unreadable records, in order.</summary>
    public IReadOnlyList<UnreadableRecord> Unreadable { get; }

    /// <inheritdoc/>
    public T this[int index] => _records[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes lists of records.</summary>
public static class RecordList
{
    /// <summary>A list of records without unreadable ones.</summary>
    /// <typeparam name="T">The type of record.</typeparam>
    /// <param name="records">The records.</param>
    public static RecordList<T> Create<T>(ReadOnlySpan<T> records) => new(records.ToArray(), []);
}
