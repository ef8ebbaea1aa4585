using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Startup;

/// <summary>
/// Registers public classes that are built from internal parts. The container only uses public constructors, and a public constructor can't
/// take an internal type.
/// </summary>
internal static class ComposedServices
{
    /// <summary>Adds a class as a singleton, created by its only constructor whatever its visibility.</summary>
    /// <param name="services">The service collection.</param>
    /// <typeparam name="T">The class.</typeparam>
    public static IServiceCollection AddComposed<T>(this IServiceCollection services)
        where T : class => services.AddComposed<T, T>();

    /// <summary>Adds a class as a singleton service, created by its only constructor whatever its visibility.</summary>
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

    /// <summary>Registers an already registered instance under a further service type.</summary>
    /// <param name="services">The service collection.</param>
    /// <typeparam name="TService">The further service.</typeparam>
    /// <typeparam name="T">The type the instance is registered as.</typeparam>
    public static IServiceCollection AddAlias<TService, T>(this IServiceCollection services)
        where TService : class
        where T : class, TService => services.AddSingleton<TService>(static provider => provider.GetRequiredService<T>());
}
