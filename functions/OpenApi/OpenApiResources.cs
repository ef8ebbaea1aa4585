using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Scalar.AspNetCore;

namespace ExportFunctions.Functions.OpenApi;

/// <summary>
/// The API's description, the page that shows it and the page's script, all from the assemblies: no other host is contacted.
/// </summary>
internal static class OpenApiResources
{
    // Addresses are relative to the page, so that it also works behind a gateway that adds a path.
    private const string Start = """

        if (location.pathname.endsWith('/')) location.replace(location.pathname.slice(0, -1));
        Scalar.createApiReference('#reference', {
          url: 'openapi.json',
          servers: [{ url: new URL('..', location.href).href.slice(0, -1), description: 'This host' }],
          withDefaultFonts: false,
          telemetry: false,
          agent: { disabled: true },
          mcp: { disabled: true },
          showDeveloperTools: 'never',
          hideClientButton: true,
          documentDownloadType: 'json',
          orderSchemaPropertiesBy: 'preserve',
          orderRequiredPropertiesFirst: false,
        });

        """;

    private static readonly Assembly Scalar = typeof(ScalarOptions).Assembly;

    /// <summary>The page, served at <c>api/docs</c>.</summary>
    public static string Page { get; } = $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>ExportFunctions API</title>
          <link rel="icon" href="data:,">
        </head>
        <body>
          <noscript>This page needs JavaScript. The API's description itself is <a href="openapi.json">openapi.json</a>.</noscript>
          <div id="reference"></div>
          <script src="docs/scalar.js?v={Scalar.GetName().Version}"></script>
          <script>{Start}</script>
        </body>
        </html>
        """;

    /// <summary>
    /// The page's Content-Security-Policy: scripts and calls of its own host only, and its one inline script by hash. The script adds
    /// styles to the page.
    /// </summary>
    public static string PagePolicy { get; } = string.Join("; ",
        "default-src 'none'",
        $"script-src 'self' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Start)))}'",
        "style-src 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");

    /// <summary>The description, JSON in UTF-8.</summary>
    public static Stream Document() => Open(typeof(OpenApiResources).Assembly, "openapi.json");

    /// <summary>The page's script, compressed as in the package.</summary>
    public static Stream CompressedScript() => Open(Scalar, "ScalarStaticAssets.scalar.js");

    /// <summary>The page's script, for clients that don't accept gzip.</summary>
    public static Stream Script() => new GZipStream(CompressedScript(), CompressionMode.Decompress);

    private static Stream Open(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(
            $"{assembly.GetName().Name} has no resource {name}.");
}
