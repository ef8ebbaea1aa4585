using ExportFunctions.Local.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Local.Http;

/// <summary>The page at <c>/</c>, with links to what the host offers.</summary>
internal static class StartPage
{
    // It needs only its own styles.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps the page.</summary>
    public static void MapStartPage(this IEndpointRouteBuilder routes)
    {
        var hasInbox = routes.ServiceProvider.GetService<DevelopmentInbox>() is not null;
        var html = Page(hasInbox);
        routes.MapPage("/", (HttpContext context) => LocalPages.Show(context, html, Policy));
    }

    private static string Page(bool hasInbox) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ExportFunctions</title>
        <link rel="icon" href="data:,">
        <style>
          body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; }
          h1 { font-size: 1.4rem; } dt { margin-top: 1rem; font-weight: 600; } dd { margin: 0; color: #5b6472; } a { color: #0b5cad; }
        </style>
        </head>
        <body>
        <main>
        <h1>ExportFunctions</h1>
        <p>Database records become Excel, CSV, JSON Lines and PDF files, in the background.</p>
        <dl>
        <dt><a href="api/docs">The API's documentation</a></dt><dd>every call, to read and to try</dd>
        <dt><a href="api/openapi.json">Its description</a></dt><dd>OpenAPI 3.1, for programs</dd>
        <dt><a href="api/v1/health">Health</a> (<a href="api/v1/health/details">part by part</a>)</dt><dd>whether storage and the sources answer</dd>
        {{(hasInbox ? $"<dt><a href=\"{InboxPages.Path.TrimStart('/')}\">Inbox</a></dt><dd>the mails that this host would send</dd>" : "")}}
        </dl>
        </main>
        </body>
        </html>
        """;
}
