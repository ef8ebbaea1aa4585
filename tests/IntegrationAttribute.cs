using Xunit.v3;

namespace ExportFunctions.Tests;

/// <summary>
/// Marks tests that start programs: storage, databases, hosts, browsers, readers of other people. All others are unit tests, which
/// <c>./test.sh --unit</c> runs alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IntegrationAttribute : Attribute, ITraitAttribute
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Kind";

    /// <summary>The trait's value.</summary>
    public const string Value = "Integration";

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Name, Value)];
}
