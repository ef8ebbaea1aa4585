using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>Replaces <c>%SETTING%</c> by the setting's value, so that secrets stay out of the datasets file; <c>%%</c> is a percent sign.</summary>
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
                return value;

            missing.Add(name);
            return "";
        });

    [GeneratedRegex("%(?<name>[A-Za-z0-9_:.-]*)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
