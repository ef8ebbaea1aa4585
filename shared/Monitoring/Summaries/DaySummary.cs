using System.Runtime.InteropServices;
using ExportFunctions.Monitoring.Reading;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>The attempts of a day by dataset and format, up to a certain position in each of its files.</summary>
internal sealed class DaySummary
{
    private readonly Dictionary<(string Dataset, string Format), AttemptSummary> _groups = [];
    private readonly List<long> _covered = [];
    private readonly AttemptValuesReader _reader = new();

    /// <summary>The attempts of each dataset in each format.</summary>
    public IReadOnlyDictionary<(string Dataset, string Format), AttemptSummary> Groups => _groups;

    /// <summary>How many bytes of a file it covers.</summary>
    public long CoveredOf(RecordFile file) => file.Part <= _covered.Count ? _covered[file.Part - 1] : 0;

    /// <summary>Whether it covers everything there is.</summary>
    public bool Covers(IEnumerable<RecordFile> files) => files.All(file => CoveredOf(file) >= file.Bytes);

    /// <summary>Adds the lines that follow those already counted from a file.</summary>
    public void Add(RecordFile file, RecordLines lines)
    {
        foreach (var line in lines)
        {
            if (_reader.TryRead(line, out var values))
                Group(values.Dataset, values.Format).Add(values, line);
        }

        while (_covered.Count < file.Part)
            _covered.Add(0);
        _covered[file.Part - 1] = lines.Offset + lines.Bytes.Length;
    }

    public StoredSummary Store() =>
        new(StoredSummary.CurrentVersion, _covered, [.. _groups.Select(group => group.Value.Store(group.Key.Dataset, group.Key.Format))]);

    public static DaySummary Of(StoredSummary stored)
    {
        var summary = new DaySummary();
        summary._covered.AddRange(stored.Covered);
        foreach (var group in stored.Groups)
            summary._groups[(group.Dataset, group.Format)] = AttemptSummary.Of(group);

        return summary;
    }

    private AttemptSummary Group(string dataset, string format)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, (dataset, format), out _);
        return group ??= new AttemptSummary();
    }
}
