using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.OpenApi;

public sealed class OpenApiProblemTests
{
    private static readonly Problem[] Catalog =
    [
        .. typeof(ProblemCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Problem))
            .Select(method => (Problem)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!),
    ];

    [Fact]
    public void Type_NamesEveryProblemOfTheCatalog()
    {
        var actual = OpenApiDocument.Texts(OpenApiDocument.Schema("Problem")["properties"]!["type"]!["enum"]);

        Assert.Equal(Catalog.Select(problem => problem.Type).Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_ShowEveryProblem_UnderItsStatusAndTitle()
    {
        var shown = ShownProblems().ToArray();

        Assert.All(shown, example => Assert.Equal(example.Status, Number(example.Problem["status"])));
        Assert.All(shown, example => Assert.Contains(
            Catalog, problem => problem.Type == Text(example.Problem["type"]) && problem.Title == Text(example.Problem["title"])));
        Assert.All(Catalog, problem => Assert.Contains(
            shown, example => Text(example.Problem["type"]) == problem.Type && example.Status == problem.Status));
    }

    [Fact]
    public void Errors_AreProblemDetails_UnlessTheHostGivesThem()
    {
        var errors = OpenApiDocument.Operations
            .Where(operation => operation.Id is not ("GetHealth" or "GetHealthDetails"))
            .SelectMany(operation => operation.Operation["responses"]!.AsObject().Where(
                response => response.Key[0] is '4' or '5' && response.Key is not "401"))
            .Select(response => OpenApiDocument.Resolve(response.Value!)!);

        Assert.All(errors, response => Assert.Equal([Problem.ContentType], response["content"]!.AsObject().Select(content => content.Key)));
    }

    private static IEnumerable<(int Status, JsonNode Problem)> ShownProblems() =>
        from operation in OpenApiDocument.Operations
        from response in operation.Operation["responses"]!.AsObject()
        let content = OpenApiDocument.Resolve(response.Value!)!["content"]?[Problem.ContentType]
        where content is not null
        from example in content["examples"]!.AsObject()
        select (int.Parse(response.Key, CultureInfo.InvariantCulture), example.Value!["value"]!);

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(FieldErrors) => new FieldErrors(),
        var type when type == typeof(int) => 413,
        var type when type == typeof(string) => "running",
        var type when type == typeof(IEnumerable<string>) => new[] { "students" },
        var type => throw new NotSupportedException($"Say here what {parameter.Member.Name} is called with for its {type.Name}."),
    };

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static int? Number(JsonNode? node) => node?.GetValue<int>();
}
