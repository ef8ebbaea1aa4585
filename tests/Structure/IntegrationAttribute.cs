using Xunit.v3;

namespace ExportFunctions.Tests;

/// <summary>
/// Marks tests that start programs: storage, databases, hosts, browsers, readers of other people. <c>./test.sh --unit</c> leaves them out.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IntegrationAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Kind", "Integration")];
}
