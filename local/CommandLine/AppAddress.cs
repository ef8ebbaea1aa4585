using System.CommandLine;
using System.CommandLine.Parsing;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The option with the address of an app.</summary>
internal static class AppAddress
{
    public static Option<string> Option(string description)
    {
        var option = new Option<string>("--url") { Description = description };
        option.Validators.Add(RequireUrl);
        return option;
    }

    private static void RequireUrl(OptionResult result)
    {
        if (result.Tokens is [var token] && !(Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            result.AddError($"--url '{token.Value}' must be an http or https address, such as http://localhost:7071.");
    }
}
