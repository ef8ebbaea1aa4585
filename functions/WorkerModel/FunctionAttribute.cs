namespace Microsoft.Azure.Functions.Worker;

/// <summary>Names a function. The package's own signature; see docs/two-builds.md.</summary>
/// <param name="name">The function's name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;
}
