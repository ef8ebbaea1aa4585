using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Local.Hosting;

/// <summary>Calls a function that takes its trigger's value and a token: an instance per call, in a scope of its own.</summary>
/// <param name="scopes">Makes the scopes.</param>
internal sealed class FunctionCall(IServiceScopeFactory scopes)
{
    /// <summary>Runs the function to its end.</summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">The message or timer.</param>
    /// <param name="cancellationToken">What the function's token is.</param>
    public async Task RunAsync(FunctionDefinition function, object trigger, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var type = function.Method.DeclaringType!;
        var instance = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, type);
        try
        {
            var arguments = Array.ConvertAll(
                function.Method.GetParameters(),
                parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : trigger);
            await (Task)function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    /// <summary>Disposes what <see cref="ActivatorUtilities"/> made, which no scope tracks.</summary>
    internal static async ValueTask DisposeAsync(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (instance as IDisposable)?.Dispose();
    }
}
