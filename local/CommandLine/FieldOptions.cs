namespace ExportFunctions.Local.CommandLine;

/// <summary>Maps request fields to command-line options: the app names the invalid field, but the user gave an option.</summary>
internal static class FieldOptions
{
    private static readonly (string Field, string Option)[] Names =
    [
        ("dataset", "dataset"), ("format", "--format"), ("filter", "--filter"), ("columns", "--columns"), ("sort", "--sort"),
        ("offset", "--offset"), ("limit", "--limit"), ("fileName", "--file-name"), ("retry.count", "--retry"),
        ("retry.delay", "--retry-delay"),
        ("retry", "--retry"), ("notify", "--notify"), ("attachFile", "--attach-file"), ("snapshot", "--snapshot"), ("options", "--option"),
        ("frequency", "--frequency"), ("time", "--time"), ("weekday", "--weekday"), ("dayOfMonth", "--day"), ("minute", "--minute"),
        ("cron", "--cron"), ("timeZone", "--zone"), ("misfire", "--misfire"), ("suspendAfter", "--suspend-after"), ("startsAt", "--start"),
        ("endsAt", "--end"), ("allowOverlap", "--allow-overlap"), ("enabled", "--disabled"), ("days", "--days"), ("status", "--status"),
        ("state", "--state"), ("event", "--event"), ("events", "--event"), ("datasets", "--dataset"), ("formats", "--format"),
        ("from", "--from"), ("to", "--to"), ("count", "--count"), ("exportId", "--export"), ("webhookId", "--webhook"), ("url", "address"),
        ("kind", "--kind"), ("language", "--language"), ("keepOldFor", "--keep-old-for"),
    ];

    /// <summary>The option of a field; the field's own name when there is none.</summary>
    /// <param name="field">The field, such as <c>export.filter.and[1].op</c>.</param>
    public static string Of(string field)
    {
        var name = field.StartsWith("export.", StringComparison.Ordinal) ? field["export.".Length..] : field;
        foreach (var (known, option) in Names)
        {
            if (!name.StartsWith(known, StringComparison.Ordinal))
                continue;

            var rest = name[known.Length..];
            if (rest.Length == 0 || (rest[0] == '[' && rest.IndexOf(']', StringComparison.Ordinal) == rest.Length - 1))
                return option;
            if (rest[0] is '.' or '[')
                return $"{option} {rest.TrimStart('.')}";
        }

        return name;
    }
}
