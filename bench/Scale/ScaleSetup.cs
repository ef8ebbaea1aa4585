namespace ExportFunctions.Bench.Scale;

/// <summary>One way to write the file.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Hosts">The hosts that share the work.</param>
/// <param name="IsSliced">Whether it is cut into slices.</param>
/// <param name="IsKilled">Whether the last host is killed when two fifths are written; the file is then read and checked.</param>
internal sealed record ScaleSetup(string Format, int Hosts, bool IsSliced, bool IsKilled = false)
{
    public static readonly IReadOnlyList<ScaleSetup> All =
    [
        .. new[] { "csv", "excel", "pdf" }.SelectMany(format => new[]
        {
            new ScaleSetup(format, Hosts: 1, IsSliced: false), new ScaleSetup(format, Hosts: 1, IsSliced: true),
            new ScaleSetup(format, Hosts: 2, IsSliced: true),
            new ScaleSetup(format, Hosts: 4, IsSliced: true),
            new ScaleSetup(format, Hosts: 2, IsSliced: true, IsKilled: true),
        }),
    ];

    /// <summary>Whether a text is part of its name; one that is another setup's whole name means that one alone.</summary>
    public bool IsCalled(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) && (
            Name.Length == text.Length || !All.Any(other => other.Name.Equals(text, StringComparison.OrdinalIgnoreCase)));

    public string Name => IsSliced ? FormattableString.Invariant(
        $"{Format}, slices, {Hosts} {(Hosts == 1 ? "host" : "hosts")}{(IsKilled ? ", one killed" : "")}") : $"{Format}, in one piece";
}
