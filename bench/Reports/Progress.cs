using System.Globalization;
using Spectre.Console;

namespace ExportFunctions.Bench.Reports;

/// <summary>What goes on, for those who wait.</summary>
internal static class Progress
{
    public static void Say(FormattableString text) => Write("grey", text);

    public static void Warn(FormattableString text) => Write("yellow", text);

    private static void Write(string color, FormattableString text) =>
        AnsiConsole.MarkupLine($"[{color}]{Markup.Escape(text.ToString(CultureInfo.InvariantCulture))}[/]");
}
