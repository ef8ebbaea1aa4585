using System.Reflection;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Local.Hosting;

/// <summary>Finds the functions of assemblies by their attributes.</summary>
internal static class FunctionDiscovery
{
    /// <summary>Every public method with <see cref="FunctionAttribute"/>, ordered by name.</summary>
    /// <param name="assemblies">The assemblies to search.</param>
    /// <exception cref="StartFailedException">
    /// A function has no trigger or several, a parameter that can't be supplied, or a duplicate name.
    /// </exception>
    public static IReadOnlyList<FunctionDefinition> Find(IEnumerable<Assembly> assemblies)
    {
        var functions = assemblies
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsGenericTypeDefinition: false })
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => Describe(method.GetCustomAttribute<FunctionAttribute>()!.Name, method))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToList();

        if (functions.CountBy(
            function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new StartFailedException($"Several functions are named '{twice}': give each [Function] a name of its own.");

        return functions;
    }

    internal static FunctionDefinition Describe(string name, MethodInfo method)
    {
        ParameterInfo[] triggers = [.. method.GetParameters().Where(IsTrigger)];
        return triggers is [var trigger]
            ? Describe(name, method, trigger)
            : throw new StartFailedException(
                $"The function '{name}' has {triggers.Length} triggers and must have one: mark one parameter with HttpTrigger,"
                    + " QueueTrigger or TimerTrigger.");
    }

    private static bool IsTrigger(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(HttpTriggerAttribute)) || parameter.IsDefined(
            typeof(QueueTriggerAttribute)) || parameter.IsDefined(typeof(TimerTriggerAttribute));

    private static FunctionDefinition Describe(string name, MethodInfo method, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
            return new HttpFunction(name, method, (http.Route ?? name).TrimStart('/'), http.Methods ?? [], http.AuthLevel);

        if (parameter.GetCustomAttribute<QueueTriggerAttribute>() is { } queue)
        {
            RequireSupplied(name, method, parameter, typeof(QueueMessage));
            return new QueueFunction(name, method, queue.QueueName, queue.Connection ?? StorageConnection.HostStorage);
        }

        RequireSupplied(name, method, parameter, typeof(TimerInfo));
        var timer = parameter.GetCustomAttribute<TimerTriggerAttribute>()!;
        return new TimerFunction(name, method, timer.Schedule, timer.RunOnStartup, timer.UseMonitor);
    }

    private static void RequireSupplied(string name, MethodInfo method, ParameterInfo trigger, Type type)
    {
        if (trigger.ParameterType != type)
            throw new StartFailedException(
                $"The function '{name}' takes its trigger as {trigger.ParameterType.Name}: make '{trigger.Name}' a {type.Name}.");

        foreach (var other in method.GetParameters())
        {
            if (other != trigger && other.ParameterType != typeof(CancellationToken))
                throw new StartFailedException(
                    $"The function '{name}' has a parameter '{other.Name}' that nothing supplies: take {type.Name} and CancellationToken,"
                        + " and services in the constructor.");
        }

        if (method.ReturnType != typeof(Task))
            throw new StartFailedException($"The function '{name}' returns {method.ReturnType.Name}: make it return Task.");
    }
}
