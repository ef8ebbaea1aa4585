using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Startup;

/// <summary>
/// Registrations of public classes that are made of internal parts. The container looks for public constructors alone, and a public
/// constructor can't take an internal type.
/// </summary>
internal static class ComposedServices
{
    /// <summary>Adds a class as one instance, made by its only constructor, whoever may call that.</summary>
    /// <param name="services">The service collection.</param>
    /// <typeparam name="T">The class.</typeparam>
    public static IServiceCollection AddComposed<T>(this IServiceCollection services)
        where T : class => services.AddComposed<T, T>();

    /// <summary>Adds a class as one instance of a service, made by its only constructor, whoever may call that.</summary>
    /// <param name="services">The service collection.</param>
    /// <typeparam name="TService">The service.</typeparam>
    /// <typeparam name="T">The class.</typeparam>
    public static IServiceCollection AddComposed<TService, T>(this IServiceCollection services)
        where TService : class
        where T : class, TService
    {
        var constructor = typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        var parts = Array.ConvertAll(constructor.GetParameters(), static parameter => parameter.ParameterType);
        return services.AddSingleton<TService>(provider =>
            (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, Array.ConvertAll(parts, provider.GetRequiredService), null));
    }

    /// <summary>Adds a further service that an instance which is already registered is asked for as well.</summary>
    /// <param name="services">The service collection.</param>
    /// <typeparam name="TService">The further service.</typeparam>
    /// <typeparam name="T">What the instance is registered as.</typeparam>
    public static IServiceCollection AddAlias<TService, T>(this IServiceCollection services)
        where TService : class
        where T : class, TService => services.AddSingleton<TService>(static provider => provider.GetRequiredService<T>());
}
