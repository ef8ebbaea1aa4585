using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Structure;

/// <summary>Folders know those below them, and no others.</summary>
[Integration]
public sealed partial class LayerTests
{
    private const string Root = "ExportFunctions.";
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;
    private const int MaxMatchMilliseconds = 10_000;

    private static readonly Lazy<IReadOnlyList<TypeUse>> Uses = new(Load);

    [Fact]
    public void Folders_KnowThoseBelowThem()
    {
        var arrows = Uses.Value
            .Where(use => FolderOf(use.User) is not null && FolderOf(use.Used) is not null)
            .Select(use => new Arrow(FolderOf(use.User)!, FolderOf(use.Used)!, use.User, use.Used));

        AssertNoneUpward(arrows, Layers.Shared);
    }

    [Fact]
    public void FoldersOfExports_KnowThoseBelowThem() => AssertNoneUpward(ArrowsWithin("Exports."), Layers.Exports);

    [Fact]
    public void FoldersOfFunctions_KnowThoseBelowThem() => AssertNoneUpward(ArrowsWithin("Functions."), Layers.Functions);

    [Fact]
    public void Usings_NameFoldersBelow_AlsoWhereOnlyAConstantIsUsed()
    {
        // A constant leaves no trace in the assembly that uses it.
        var arrows =
            from file in Directory.EnumerateFiles(SourceOf("shared"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            let user = FolderOf(Namespace().Match(text).Groups["name"].Value + ".")
            where user is not null
            from name in Using().Matches(text).Select(match => match.Groups["name"].Value)
            let used = FolderOf(name + ".")
            where used is not null
            select new Arrow(user, used, Path.GetFileName(file), name);

        AssertNoneUpward(arrows, Layers.Shared);
    }

    [Fact]
    public void AnUpwardArrow_IsNamedWithItsTypes()
    {
        Arrow[] arrows =
        [
            new("Storage", "Exports", "ExportFunctions.Storage.TableSweep", "ExportFunctions.Exports.Jobs.ExportJob"),
            new("Exports", "Storage", "ExportFunctions.Exports.Jobs.ExportJob", "ExportFunctions.Storage.RecordLease"),
            new("Schedules", "Monitoring", "ExportFunctions.Schedules.Schedule", "ExportFunctions.Monitoring.Alerts.Alert"),
        ];

        Assert.Equal(
            [
                "Schedules -> Monitoring: ExportFunctions.Schedules.Schedule uses ExportFunctions.Monitoring.Alerts.Alert",
                "Storage -> Exports: ExportFunctions.Storage.TableSweep uses ExportFunctions.Exports.Jobs.ExportJob",
            ],
            Layers.UpwardOf(arrows, Layers.Shared));
    }

    [Fact]
    public void ANewFolder_NeedsItsPlace()
    {
        var missing = Assert.Throws<InvalidOperationException>(
            () => Layers.UpwardOf([new Arrow("Exports", "Payments", "A", "B")], Layers.Shared));

        Assert.Contains("Payments", missing.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Arrow> ArrowsWithin(string folder) => Uses.Value
        .Where(use => RoomOf(use.User, folder) is not null && RoomOf(use.Used, folder) is not null)
        .Select(use => new Arrow(RoomOf(use.User, folder)!, RoomOf(use.Used, folder)!, use.User, use.Used));

    private static void AssertNoneUpward(IEnumerable<Arrow> arrows, IReadOnlyList<IReadOnlyList<string>> layers)
    {
        var upward = Layers.UpwardOf(arrows, layers);
        Assert.True(upward.Count == 0, string.Join(Environment.NewLine, ["These point up:", .. upward]));
    }

    private static List<TypeUse> Load()
    {
        var architecture = new ArchLoader()
            .LoadAssemblies(
                typeof(StorageAccount).Assembly, typeof(ExportJob).Assembly, typeof(ExportsHttp).Assembly, typeof(LocalHost).Assembly)
            .Build();
        return
        [
            .. architecture.Types
                .Where(type => type.FullName.StartsWith(Root, StringComparison.Ordinal))
                .SelectMany(type => type.Dependencies)
                // The loader takes the T of one generic method for that of another.
                .Where(dependency => dependency.Target is not GenericParameter)
                .Where(dependency => dependency.Target.FullName.StartsWith(Root, StringComparison.Ordinal))
                .Select(dependency => new TypeUse(dependency.Origin.FullName, dependency.Target.FullName))
                .Distinct(),
        ];
    }

    /// <summary>The folder of a type: what follows on the root in its name, unless that is the type itself.</summary>
    private static string? FolderOf(string type) => Part(type, Root);

    /// <summary>The folder within a folder; null for what lies in that itself: its options, and its composition.</summary>
    private static string? RoomOf(string type, string folder) => Part(type, Root + folder);

    private static string? Part(string type, string root)
    {
        if (!type.StartsWith(root, StringComparison.Ordinal))
            return null;

        var end = type.IndexOf('.', root.Length);
        return end < 0 ? null : type[root.Length..end];
    }

    private static string SourceOf(string folder) => Path.Combine(Repository.Find().Root, folder);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", Options, MaxMatchMilliseconds)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (static )?(?<name>ExportFunctions[\w.]*);", Options, MaxMatchMilliseconds)]
    private static partial Regex Using();

    private sealed record TypeUse(string User, string Used);
}
