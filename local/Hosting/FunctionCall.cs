using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Local.Hosting;

/// <summary>Calls a function with its trigger's value and a token: one instance per call, in a scope of its own.</summary>
/// <param name="scopes">Creates the scopes.</param>
/// <param name="timeout">host.json's <c>functionTimeout</c>.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class FunctionCall(IServiceScopeFactory scopes, TimeSpan timeout, TimeProvider timeProvider)
{
    /// <summary>
    /// Runs the function until it completes, or until it times out: then its token is canceled, and once it has ended the call fails.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">The message or timer.</param>
    /// <param name="cancellationToken">Cancels the function's token as well.</param>
    /// <exception cref="TimeoutException">It ran longer than <c>functionTimeout</c>.</exception>
    public async Task RunAsync(FunctionDefinition function, object trigger, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await InvokeAsync(function, trigger, either.Token);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"{function.Name} ran longer than host.json's functionTimeout, which is {timeout:c}."), exception);
        }
    }

    private async Task InvokeAsync(FunctionDefinition function, object trigger, CancellationToken cancellationToken)
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

    /// <summary>Disposes an instance created by <see cref="ActivatorUtilities"/>, which no scope tracks.</summary>
    internal static async ValueTask DisposeAsync(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (instance as IDisposable)?.Dispose();
    }
}
