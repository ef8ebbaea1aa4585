using System.Globalization;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Stages;
using Spectre.Console;

namespace ExportFunctions.Bench.Reports;

/// <summary>What a command found: printed, and filed under <c>bench/results</c> by processor.</summary>
/// <param name="command">The command's name, which names the file.</param>
/// <param name="title">What was measured.</param>
/// <param name="variant">What sets its file apart from the command's others; null where there is one.</param>
/// <param name="options">The options that the command was given for that.</param>
internal sealed class Report(string command, string title, string? variant = null, string? options = null)
{
    private readonly List<ReportTable> _tables = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _versions = new(StringComparer.Ordinal);

    public void Add(ReportTable table)
    {
        _tables.Add(table);
        Print(table);
    }

    /// <summary>How to read the figures, a sentence or two each.</summary>
    public void Note(params string[] notes) => _notes.AddRange(notes);

    /// <summary>The name and version of a program that took part.</summary>
    public void AddVersion(string? version)
    {
        if (version is not null)
            _versions.Add(version);
    }

    /// <summary>Writes the file, unless only a part was run.</summary>
    public async Task FileAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        foreach (var note in _notes)
            Progress.Say($"{note}");

        if (settings.Only.Count > 0)
            return;

        var folder = Path.Combine(settings.Output ?? BenchFolder.Source("results"), Machine.Slug);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, variant is null ? $"{command}.md" : $"{command}-{variant}.md");
        await File.WriteAllLinesAsync(path, Lines(), cancellationToken);
        Progress.Say($"Filed as {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}");
    }

    private static void Print(ReportTable table)
    {
        var grid = new Table { Title = new TableTitle(Markup.Escape(table.Title)) };
        for (var i = 0; i < table.Columns.Count; i++)
            grid.AddColumn(new TableColumn(Markup.Escape(table.Columns[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right });

        foreach (var row in table.Rows)
            grid.AddRow([.. row.Select(Markup.Escape)]);

        AnsiConsole.Write(grid);
    }

    private IEnumerable<string> Lines()
    {
        yield return $"# {title}";
        yield return "";
        yield return $"- {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, `dotnet run -c Release --project bench -- {command}{(options is null ? "" : $" {options}")}`";
        yield return $"- {Machine.Describe()}";
        yield return $"- {string.Join(", ", _versions.Order(StringComparer.Ordinal).Prepend(Versions.Describe()))}";
        foreach (var note in _notes)
            yield return $"- {note}";

        foreach (var table in _tables)
        {
            yield return "";
            yield return $"## {table.Title}";
            yield return "";
            yield return $"| {string.Join(" | ", table.Columns)} |";
            yield return $"| --- |{string.Concat(Enumerable.Repeat(" --: |", table.Columns.Count - 1))}";
            foreach (var row in table.Rows)
                yield return $"| {string.Join(" | ", row)} |";
        }
    }
}
