using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Http;

/// <summary>The routes of this app's functions and the methods each accepts, read from the functions themselves.</summary>
internal static class RouteTable
{
    private static readonly (TemplateMatcher Route, string[] Methods)[] Routes =
    [
        .. from type in typeof(RouteTable).Assembly.GetExportedTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where method.IsDefined(typeof(FunctionAttribute))
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is { Methods.Length: > 0 }
           group trigger by trigger.Route! into route
           let methods = route.SelectMany(trigger => trigger.Methods!).Select(name => name.ToUpperInvariant())
           select (new TemplateMatcher(TemplateParser.Parse(route.Key), []), methods.ToArray()),
    ];

    /// <summary>The methods a path accepts, including <c>OPTIONS</c>, in alphabetical order; none when no function has the path.</summary>
    /// <param name="path">The path, with its leading slash.</param>
    public static IReadOnlyList<string> MethodsOf(PathString path)
    {
        var matching = Routes.Where(route => route.Route.TryMatch(path, []));
        var methods = matching.SelectMany(route => route.Methods).ToHashSet(StringComparer.Ordinal);
        if (methods.Count > 0)
            methods.Add(HttpMethods.Options);

        return [.. methods.Order(StringComparer.Ordinal)];
    }
}
