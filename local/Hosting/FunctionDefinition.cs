using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Local.Hosting;

/// <summary>A function as its attributes describe it.</summary>
/// <param name="Name">Its name, unique in the app.</param>
/// <param name="Method">The method that is called.</param>
internal abstract record FunctionDefinition(string Name, MethodInfo Method);

/// <summary>A function triggered by HTTP requests.</summary>
internal sealed record HttpFunction(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Verbs, AuthorizationLevel Level)
    : FunctionDefinition(Name, Method);

/// <summary>A function triggered by queue messages.</summary>
internal sealed record QueueFunction(string Name, MethodInfo Method, string Queue, string Connection) : FunctionDefinition(Name, Method);

/// <summary>A function that runs on a schedule.</summary>
internal sealed record TimerFunction(
    string Name, MethodInfo Method, string Schedule, bool RunOnStartup, bool UseMonitor) : FunctionDefinition(Name, Method);
