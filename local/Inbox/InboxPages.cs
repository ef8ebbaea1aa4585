using System.Globalization;
using System.Net;
using System.Text;
using ExportFunctions.Local.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Local.Inbox;

/// <summary>The pages of the development inbox, on the local host only: <c>/dev/inbox</c>.</summary>
internal static class InboxPages
{
    public const string Path = "/dev/inbox";

    // A mail may contain anything from an operator's template: it is shown without scripts, and without access to this host's cookies or
    // keys.
    private const string MailPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";

    /// <summary>Maps the pages, if mails go to the inbox.</summary>
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DevelopmentInbox>() is not { } inbox)
            return;

        routes.MapPage(Path, (HttpContext context) => LocalPages.Show(context, Page(inbox.Mails, selected: null), PagePolicy));
        routes.MapPage(Path + "/{id:guid}", (HttpContext context, Guid id) =>
            Find(inbox, id) is { } mail ? LocalPages.Show(context, Page(inbox.Mails, mail), PagePolicy) : Results.NotFound());
        routes.MapPage(Path + "/{id:guid}/html", (HttpContext context, Guid id) =>
            Find(inbox, id) is { } mail ? LocalPages.Show(context, mail.Mail.Html, MailPolicy) : Results.NotFound());
    }

    private static ReceivedMail? Find(DevelopmentInbox inbox, Guid id) => inbox.Mails.FirstOrDefault(mail => mail.Mail.Id == id);

    private static string Page(IReadOnlyList<ReceivedMail> mails, ReceivedMail? selected)
    {
        var list = new StringBuilder();
        foreach (var mail in mails)
        {
            var mark = mail == selected ? " class=\"selected\"" : "";
            list.Append(CultureInfo.InvariantCulture, $"""
                <a href="{Path}/{mail.Mail.Id}"{mark}><b>{Text(mail.Mail.Subject)}</b><span>{Text(mail.Mail.To)}</span><time>{mail.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time></a>

                """);
        }

        var content = selected is null
            ? $"<p class=\"empty\">{(mails.Count == 0 ? "No mail yet. Name your address in an export's <code>notify</code>, and it comes"
                + " here." : "Choose a mail.")}</p>"
            : $"""
               <header><h1>{Text(selected.Mail.Subject)}</h1><p>To {Text(selected.Mail.To)}</p></header>
               <iframe src="{Path}/{selected.Mail.Id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail"></iframe>
               <details><summary>As plain text</summary><pre>{Text(selected.Mail.Text)}</pre></details>
               """;
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Development inbox</title>
            <style>
              body { margin: 0; display: grid; grid-template-columns: 22rem 1fr; height: 100vh; font: 15px/1.45 system-ui, sans-serif; color: #1c2430; }
              nav { overflow: auto; border-right: 1px solid #d8dde3; background: #f4f6f8; }
              nav h2 { font-size: 1rem; margin: 0; padding: 1rem; }
              nav a { display: block; padding: .6rem 1rem; border-top: 1px solid #e1e5ea; color: inherit; text-decoration: none; }
              nav a.selected, nav a:hover { background: #e4edf7; }
              nav b, nav span, nav time { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
              nav span, nav time { color: #5b6472; font-size: .85rem; }
              main { display: flex; flex-direction: column; min-width: 0; }
              header { padding: 1rem 1.5rem 0; } h1 { font-size: 1.15rem; margin: 0; } header p { color: #5b6472; margin: .2rem 0 1rem; }
              iframe { flex: 1; border: 0; border-top: 1px solid #e1e5ea; } details { padding: .6rem 1.5rem; border-top: 1px solid #e1e5ea; } pre { white-space: pre-wrap; }
              .empty { padding: 2rem; color: #5b6472; }
            </style>
            </head>
            <body>
            <nav><h2>Development inbox</h2>
            {{list}}</nav>
            <main>
            {{content}}
            </main>
            </body>
            </html>
            """;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
