using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExportFunctions.Local.Http;

/// <summary>Pages of the local host itself, in addition to the functions: no external resources, no scripts.</summary>
internal static class LocalPages
{
    /// <summary>Maps a page: GET and HEAD, and a response to other methods.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string path, Delegate page)
    {
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], page);
        routes.Map(path, static context =>
        {
            context.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            context.Response.StatusCode = HttpMethods.IsOptions(context.Request.Method)
                ? StatusCodes.Status204NoContent
                : StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
    }

    /// <summary>Responds with a page.</summary>
    /// <param name="context">The request's.</param>
    /// <param name="html">The page.</param>
    /// <param name="policy">Its Content-Security-Policy.</param>
    public static IResult Show(HttpContext context, string html, string policy)
    {
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8");
    }
}
