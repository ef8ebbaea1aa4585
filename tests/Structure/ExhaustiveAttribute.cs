using Xunit.v3;

namespace ExportFunctions.Tests;

/// <summary>
/// Marks tests that go through every case there is, or so many that they take seconds. <c>./test.sh --unit</c> leaves them out.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExhaustiveAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Kind", "Exhaustive")];
}
