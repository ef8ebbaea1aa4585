using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// Shows what the app answers: a table on a terminal, elsewhere a line for each record with tabs between its values, whole, so that other
/// programs can read it; with <c>--json</c> the answer as it is.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="isJson">Whether it is shown as JSON.</param>
internal sealed class Answers(IAnsiConsole console, bool isJson)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether answers are shown as JSON.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>Shows a list.</summary>
    /// <param name="items">The records.</param>
    /// <param name="none">Said when there are none.</param>
    /// <param name="columns">What is shown of each: a property's name, or a path to one, with its heading.</param>
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

    /// <summary>Shows a record: a line for each of its properties.</summary>
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

    /// <summary>Says what was done; as JSON, shows the answer instead.</summary>
    /// <param name="sentence">What was done.</param>
    /// <param name="answer">The answer.</param>
    public void Say(string sentence, JsonNode answer)
    {
        if (IsJson)
            WriteJson(answer);
        else
            console.Say(sentence);
    }

    /// <summary>A property's text: as it is for texts, an instant without its fractions, other values as JSON; empty for null.</summary>
    /// <param name="record">The record.</param>
    /// <param name="path">The property's name, or several with full stops between.</param>
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

    // What breaks a line would part a record from its end.
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
