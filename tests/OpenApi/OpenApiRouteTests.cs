using System.Reflection;
using System.Text.RegularExpressions;
using ExportFunctions.Functions;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Tests.OpenApi;

public sealed partial class OpenApiRouteTests
{
    private static readonly (string Name, HttpTriggerAttribute Trigger)[] Functions =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let trigger = method.GetParameters().Select(
               parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)
           where trigger is not null
           select (function.Name, trigger),
    ];

    [Fact]
    public void Document_HasEveryFunction_WithItsRouteAndMethod()
    {
        // HEAD goes with GET and is described once; the function that takes every method is described by the one that asks for them.
        var expected =
            from function in Functions
            from method in function.Trigger.Methods is { Length: > 0 } methods ? methods : ["options"]
            where method is not "head"
            select $"{function.Name}: {method} /{function.Trigger.Route!.Replace("{*", "{", StringComparison.Ordinal)}";

        var actual = OpenApiDocument.Operations.Select(operation => $"{operation.Id}: {operation.Method} {operation.Path}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_TakeHead_WhereTheyTakeGet() =>
        Assert.All(
            Functions, function => Assert.Equal(function.Trigger.Methods!.Contains("get"), function.Trigger.Methods!.Contains("head")));

    [Fact]
    public void Operations_NeedAKey_UnlessTheFunctionIsAnonymous()
    {
        var expected =
            Functions.Where(function => function.Trigger.AuthLevel == AuthorizationLevel.Anonymous).Select(function => function.Name);

        var withoutKey =
            OpenApiDocument.Operations.Where(operation => operation.Operation["security"] is { } security && security.AsArray().Count == 0);

        Assert.Equal(expected.Order(StringComparer.Ordinal), withoutKey.Select(operation => operation.Id).Order(StringComparer.Ordinal));
        Assert.NotEmpty(OpenApiDocument.Root["security"]!.AsArray());
    }

    [Fact]
    public void Operations_AnswerWithoutAKey_With401()
    {
        var answering = OpenApiDocument.Operations.Where(
            operation => operation.Operation["responses"]!["401"] is not null).Select(operation => operation.Id);

        var needingAKey =
            Functions.Where(function => function.Trigger.AuthLevel == AuthorizationLevel.Function).Select(function => function.Name);
        Assert.Equal(needingAKey.Order(StringComparer.Ordinal), answering.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operations_DeclareTheParametersOfTheirRoute()
    {
        var operations = OpenApiDocument.Operations.ToArray();

        Assert.All(operations, operation => Assert.Equal(
            RouteParameter().Matches(operation.Path).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
            operation.ParametersIn("path").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Operations_DeclareNoParameterTwice()
    {
        var operations = OpenApiDocument.Operations.ToArray();

        Assert.All(
            operations, operation => Assert.Distinct(operation.Parameters.Select(parameter => $"{parameter["in"]} {parameter["name"]}")));
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RouteParameter();
}
