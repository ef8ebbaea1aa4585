using ExportFunctions.Functions.Http;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Local.Http;

/// <summary>
/// Serves HTTP functions as the Functions host does: 404 for a route or method without a function, 401 without the key, 500 without
/// details.
/// </summary>
internal static class HttpFunctions
{
    public static IServiceCollection AddHttpFunctions(this IServiceCollection services) =>
        services.AddSingleton<HttpAnswers>().AddSingleton<ForeignRequests>().AddCors().AddRouting().AddProblemDetails();

    /// <summary>Maps the functions.</summary>
    /// <param name="app">The app.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="routePrefix">The prefix of every route.</param>
    /// <param name="configuration">Read for <c>FUNCTIONS_KEY</c>.</param>
    public static void MapHttpFunctions(
        this WebApplication app, IReadOnlyList<HttpFunction> functions, string routePrefix, IConfiguration configuration)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerFaultAsync });
        app.UseMiddleware<DrainMiddleware>();
        app.Use(TellOfWorkAsync);
        var key = FunctionKey.From(configuration);
        if (key is null)
            app.Use(RefuseForeignAsync);

        app.UseAllowedOrigins();
        app.UseRouting();

        foreach (var function in functions)
        {
            var pattern = Parse(function, routePrefix);
            var handler = Bind(function, pattern, app.Services);
            if (function.Level >= AuthorizationLevel.Function && key is not null)
                handler = key.Require(handler);

            var endpoint =
                function.Verbs.Count == 0 ? app.Map(pattern.RawText!, handler) : app.MapMethods(pattern.RawText!, function.Verbs, handler);
            endpoint.WithDisplayName(function.Name);
        }

        app.MapFallback(
            "{*path}",
            static context => Problems.WriteAsync(context, StatusCodes.Status404NotFound, "No function has this path and method."));
    }

    /// <summary>Responds to exceptions outside a function the way functions respond to those inside.</summary>
    private static Task AnswerFaultAsync(HttpContext context)
    {
        var fault = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        return context.RequestServices.GetRequiredService<HttpAnswers>().Answer(context.Request, fault).ExecuteAsync(context);
    }

    /// <summary>Rejects requests that another site's page makes a browser send.</summary>
    private static Task RefuseForeignAsync(HttpContext context, RequestDelegate next) =>
        context.RequestServices.GetRequiredService<ForeignRequests>().Refuse(context.Request) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);

    /// <summary>Lets pages of the configured origins read responses, as the Functions host does with its own settings.</summary>
    private static void UseAllowedOrigins(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.AllowedOrigins;
        if (origins.Count == 0)
            return;

        app.UseCors(policy => policy
            .WithOrigins([.. origins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders("Location", "ETag", "Retry-After", "Content-Disposition"));
    }

    private static async Task TellOfWorkAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!HttpMethods.IsGet(context.Request.Method)
            && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsOptions(context.Request.Method))
            context.RequestServices.GetRequiredService<FreshWork>().Tell();
    }

    private static RoutePattern Parse(HttpFunction function, string prefix)
    {
        try
        {
            return RoutePatternFactory.Parse(prefix.Length == 0 ? $"/{function.Route}" : $"/{prefix.Trim('/')}/{function.Route}");
        }
        catch (RoutePatternException exception)
        {
            throw new StartFailedException(
                $"The function '{function.Name}' has a route that can't be read, '{function.Route}': {exception.Message}", exception);
        }
    }

    private static RequestDelegate Bind(HttpFunction function, RoutePattern pattern, IServiceProvider services)
    {
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = pattern.Parameters.Select(parameter => parameter.Name),
            DisableInferBodyFromParameters = true,
        };
        try
        {
            return RequestDelegateFactory.Create(
                function.Method, function.Method.IsStatic ? null : context => Make(function, context), options).RequestDelegate;
        }
        catch (InvalidOperationException exception)
        {
            throw new StartFailedException(
                $"The function '{function.Name}' has a parameter that can't be bound: {exception.Message}", exception);
        }
    }

    private static object Make(HttpFunction function, HttpContext context)
    {
        var instance = ActivatorUtilities.CreateInstance(context.RequestServices, function.Method.DeclaringType!);
        if (instance is IAsyncDisposable asynchronous)
            context.Response.RegisterForDisposeAsync(asynchronous);
        else if (instance is IDisposable disposable)
            context.Response.RegisterForDispose(disposable);

        return instance;
    }
}
