using System.Reflection;
using ArchUnitNET.Loader;

namespace ExportFunctions.Tests.Structure;

/// <summary>Tests that start programs say so; see <see cref="IntegrationAttribute"/>.</summary>
public sealed class KindTests
{
    private const string Root = "ExportFunctions.Tests.";

    // Whoever uses one of these starts a program, or runs a host.
    private static readonly string[] Starters =
    [
        "System.Diagnostics.Process",
        "ExportFunctions.Local.Azurite.AzuriteServer",
        "ExportFunctions.Local.Hosting.LocalHost",
    ];

    [Exhaustive]
    [Fact]
    public void TestsThatStartPrograms_AreMarked()
    {
        var users = UsersByUsed();
        var starting = new HashSet<string>(Starters, StringComparer.Ordinal);
        var next = new Queue<string>(Starters);
        while (next.TryDequeue(out var used))
        {
            foreach (var user in users[used].Where(user => user.StartsWith(Root, StringComparison.Ordinal) && starting.Add(user)))
                next.Enqueue(user);
        }

        var wrong = (
            from type in typeof(KindTests).Assembly.GetTypes()
            where IsTestClass(type)
            let starts = starting.Contains(type.FullName!)
            where starts != type.IsDefined(typeof(IntegrationAttribute), inherit: false)
            orderby type.FullName
            select starts
                ? $"{type.FullName} starts programs: mark it [Integration]."
                : $"{type.FullName} starts none: unmark it.").ToList();

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static ILookup<string, string> UsersByUsed() => new ArchLoader().LoadAssembly(typeof(KindTests).Assembly).Build().Types
        .SelectMany(type => type.Dependencies)
        .Select(dependency => (Used: OuterOf(dependency.Target.FullName), User: OuterOf(dependency.Origin.FullName)))
        .Distinct()
        .ToLookup(use => use.Used, use => use.User, StringComparer.Ordinal);

    /// <summary>What a nested type does, and a lambda's class, its owner does.</summary>
    private static string OuterOf(string type) => type.IndexOfAny(['+', '/']) is var end and >= 0 ? type[..end] : type;

    private static bool IsTestClass(System.Type type) =>
        !type.IsAbstract && type.GetMethods(
            BindingFlags.Instance | BindingFlags.Public).Any(method => method.IsDefined(typeof(FactAttribute), inherit: true));
}
