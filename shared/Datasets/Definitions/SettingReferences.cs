using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>
/// Replaces <c>%SETTING%</c> with the setting's value, so that secrets stay out of the datasets file; <c>%%</c> is a percent sign.
/// </summary>
internal static partial class SettingReferences
{
    /// <summary>The text with every reference replaced; each setting that has no value is added to <paramref name="missing"/>.</summary>
    public static string Resolve(string text, IConfiguration configuration, ICollection<string> missing) =>
        Pattern().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (name.Length == 0)
                return "%";

            if (configuration[name] is { Length: > 0 } value)
                return IsWholeValue(text, match) ? Quoted(value) : value;

            missing.Add(name);
            return "";
        });

    // Such as Password=%SchoolPassword%; not a part of a value, nor a setting that is a whole connection string.
    private static bool IsWholeValue(string text, Match match) =>
        text.AsSpan(0, match.Index).TrimEnd().EndsWith('=')
        && text.AsSpan(match.Index + match.Length).TrimStart() is var rest && (rest.IsEmpty || rest[0] == ';');

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("%(?<name>[A-Za-z0-9_:.-]*)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
