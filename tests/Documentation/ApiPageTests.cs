using System.Reflection;
using ExportFunctions.Functions;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Tests.Documentation;

/// <summary>docs/api.md against the routes.</summary>
public sealed class ApiPageTests
{
    private static readonly MarkdownPage Page = MarkdownPage.Open("docs/api.md");

    [Fact]
    public void Calls_AreTheRoutesOfTheFunctions_EachWithItsMethod()
    {
        // HEAD goes with GET; the function that takes every method is described by the one that asks for them.
        var expected =
            from type in typeof(Composition).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetCustomAttribute<FunctionAttribute>() is not null
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where trigger is not null
            from name in trigger.Methods is { Length: > 0 } methods ? methods : ["options"]
            where name is not "head"
            select $"{name.ToUpperInvariant()} /{trigger.Route!.Replace("{*", "{", StringComparison.Ordinal)}";

        var calls = Page.Rows("call").Select(row => row[0].Trim('`')).Where(call => call.Contains(" /api/", StringComparison.Ordinal));

        Assert.Equal(expected.Order(StringComparer.Ordinal), calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EarlierCalls_StandBesideTheOnesTheyAre()
    {
        var earlier = Page.Rows("call").Where(row => row[0].Contains("/import-export/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(earlier);
        Assert.All(earlier, row => Assert.Equal(row[0].Replace("/import-export", "", StringComparison.Ordinal), row[1]));
    }
}
