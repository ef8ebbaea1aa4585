using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// Shows the app's responses: a table on a terminal; otherwise one line per record with tab-separated, untruncated values, so that other
/// programs can read it; with <c>--json</c> the response as it is.
/// </summary>
/// <param name="console">The output.</param>
/// <param name="isJson">Whether to show JSON.</param>
internal sealed class Answers(IAnsiConsole console, bool isJson)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether responses are shown as JSON.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>Shows a list.</summary>
    /// <param name="items">The records.</param>
    /// <param name="none">Shown when there are none.</param>
    /// <param name="columns">The columns: a property's name, or a path to one, with its heading.</param>
    public void List(JsonArray items, string none, params (string Heading, string Path)[] columns)
    {
        if (IsJson)
            WriteJson(items);
        else if (console.Profile.Out.IsTerminal)
            WriteTable(items, none, columns);
        else
            foreach (var item in items)
                console.Say(string.Join('\t', columns.Select(column => Text(item, column.Path))));
    }

    /// <summary>Shows a record, one line per property.</summary>
    /// <param name="record">The record.</param>
    public void Show(JsonNode record)
    {
        if (IsJson)
        {
            WriteJson(record);
            return;
        }

        var properties = record.AsObject().Where(property => property.Value is not null and not JsonArray { Count: 0 }).ToList();
        var width = properties.Select(property => property.Key.Length).DefaultIfEmpty().Max();
        foreach (var (name, value) in properties)
            console.Say($"{name.PadRight(width)}  {Text(value)}");
    }

    /// <summary>Reports what was done; as JSON, shows the response instead.</summary>
    /// <param name="sentence">What was done.</param>
    /// <param name="answer">The response.</param>
    public void Say(string sentence, JsonNode answer)
    {
        if (IsJson)
            WriteJson(answer);
        else
            console.Say(sentence);
    }

    /// <summary>A property's text: strings as they are, an instant without its fractions, other values as JSON; empty for null.</summary>
    /// <param name="record">The record.</param>
    /// <param name="path">The property's name, or several separated by full stops.</param>
    public static string Text(JsonNode? record, string path)
    {
        foreach (var name in path.Split('.'))
            record = record is JsonObject node ? node[name] : null;

        return Text(record);
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var plain) => OnOneLine(plain),
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(Text)),
        _ => value.ToJsonString(Indented).ReplaceLineEndings(" "),
    };

    // A line break would split a record.
    private static string OnOneLine(string text) => string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign));

    private void WriteTable(JsonArray items, string none, (string Heading, string Path)[] columns)
    {
        if (items.Count == 0)
        {
            console.Say(none);
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var (heading, path) in columns)
            table.AddColumn(new TableColumn(Markup.Escape(heading)) { NoWrap = path.EndsWith("id", StringComparison.OrdinalIgnoreCase) });
        foreach (var item in items)
            table.AddRow([.. columns.Select(column => Markup.Escape(Text(item, column.Path)))]);

        console.Write(table);
    }

    private void WriteJson(JsonNode answer) => console.Say(answer.ToJsonString(Indented));
}
