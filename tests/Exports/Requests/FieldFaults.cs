using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Exports.Requests;

/// <summary>Wrong values of fields, each with the path under which it is to be named, and bodies made of any of them.</summary>
internal static class FieldFaults
{
    /// <summary>Of an export.</summary>
    public static readonly (string Field, string Json, string Path)[] OfExports =
    [
        ("dataset", "\"nobody\"", "dataset"),
        ("dataset", "7", "dataset"),
        ("format", "\"docx\"", "format"),
        ("format", "[]", "format"),
        ("filter", "7", "filter"),
        ("filter", """{"column":"id","op":"like","value":1}""", "filter.op"),
        ("filter", """{"column":"id","op":"eq"}""", "filter.value"),
        ("filter", """{"column":"id","op":"eq","value":{}}""", "filter.value"),
        ("filter", """{"column":"id","op":"in","value":[]}""", "filter.value"),
        ("filter", """{"column":"id","op":"in","values":[1,null]}""", "filter.values[1]"),
        ("filter", """{"column":"id","op":"between","value":[1]}""", "filter.value"),
        ("filter", """{"column":"id","op":"isNull","value":1}""", "filter.value"),
        ("filter", """{"column":"id","op":"eq","value":1,"vlaue":2}""", "filter.vlaue"),
        ("filter", """{"and":[{"column":"id","op":"eq","value":1},{"not":7}]}""", "filter.and[1].not"),
        ("filter", """{"or":[{"column":"id","op":"eq"}],"more":1}""", "filter.or[0].value"),
        ("columns", "[]", "columns"),
        ("columns", "[7]", "columns[0]"),
        ("columns", """["id","id"]""", "columns[1]"),
        ("sort", "\"id\"", "sort"),
        ("sort", "[null]", "sort[0]"),
        ("sort", """[{"column":"id","direction":"up"}]""", "sort[0].direction"),
        ("offset", "-1", "offset"),
        ("limit", "\"all\"", "limit"),
        ("limit", "1.5", "limit"),
        ("fileName", "\"a/b\"", "fileName"),
        ("fileName", "7", "fileName"),
        ("options", "[]", "options"),
        ("options", """{"timeZone":"Mars/Olympus"}""", "options.timeZone"),
        ("options", """{"profle":"raw"}""", "options.profle"),
        ("options", """{"timeZone":7,"colour":"red"}""", "options.colour"),
        ("retry", "3", "retry"),
        ("retry", """{"count":99,"delay":"00:00:10"}""", "retry.count"),
        ("notify", "\"registrar@example.org\"", "notify"),
        ("notify", """["registrar@example.org","nobody"]""", "notify[1]"),
        ("attachFile", "\"yes\"", "attachFile"),
        ("snapshot", "1", "snapshot"),
        ("colour", "1", "colour"),
    ];

    /// <summary>Of a schedule, beside those of its export.</summary>
    public static readonly (string Field, string Json, string Path)[] OfSchedules =
    [
        ("name", "\"\"", "name"),
        ("frequency", "\"sometimes\"", "frequency"),
        ("minute", "60", "minute"),
        ("time", "\"24:00\"", "time"),
        ("weekday", "\"caturday\"", "weekday"),
        ("dayOfMonth", "0", "dayOfMonth"),
        ("cron", "\"* *\"", "cron"),
        ("timeZone", "\"../../etc/localtime\"", "timeZone"),
        ("timeZone", "\"a\\u0000b\"", "timeZone"),
        ("enabled", "1", "enabled"),
        ("misfire", "\"never\"", "misfire"),
        ("catchUpMost", "0", "catchUpMost"),
        ("suspendAfter", "101", "suspendAfter"),
        ("startsAt", "\"2027-01-01\"", "startsAt"),
        ("endsAt", "7", "endsAt"),
        ("allowOverlap", "\"no\"", "allowOverlap"),
        ("notify", """["nobody"]""", "notify[0]"),
        ("colour", "1", "colour"),
    ];

    /// <summary>Some faults of different fields, at least one.</summary>
    public static IReadOnlyList<(string Field, string Json, string Path)> Some(
        (string Field, string Json, string Path)[] faults, Random random)
    {
        var few = random.Next(1, 8);
        return [.. random.GetItems(faults, few).DistinctBy(fault => fault.Field)];
    }

    /// <summary>A body that is right but for the faults.</summary>
    public static JsonObject Body(
        string right, IEnumerable<(string Field, string Json, string Path)> faults, Func<string, string>? nameOf = null)
    {
        var body = JsonNode.Parse(right)!.AsObject();
        foreach (var (field, json, _) in faults)
        {
            body.Remove(field);
            body[nameOf is null ? field : nameOf(field)] = JsonNode.Parse(json);
        }

        return body;
    }
}
