using System.Globalization;
using System.Text.Json;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>Reads one column of a dataset's definition.</summary>
internal static class ColumnDefinition
{
    private const int MaxSqlNameLength = 128;
    private const int MaxNumberFormatLength = 255;

    /// <summary>Reads a column; null when it has errors.</summary>
    /// <param name="element">The definition.</param>
    /// <param name="defaults">The dataset's settings for values that can't be read.</param>
    /// <param name="place">The dataset and position, in words.</param>
    /// <param name="faults">Receives the errors.</param>
    public static DatasetColumn? Read(JsonElement element, UnreadableDefaults defaults, string place, List<string> faults)
    {
        var definition = DefinitionObject.From(element, place, faults);
        if (definition is null)
            return null;

        var faultsBefore = faults.Count;
        var name = DefinitionNames.ColumnName(definition);
        if (name is not null)
            definition.Place = $"{place} '{name}'";

        definition.Allow("name", "title", "type", "column", "width", "format", "scale", "link", "stored", "onUnreadable", "emptyText");
        var type = ReadType(definition);
        var title = DefinitionNames.Title(definition, name);
        var sqlName = Short(definition, "column", MaxSqlNameLength);
        var width = definition.OptionalNumber("width", 1, 255);
        var format = ReadFormat(definition, type);
        var scale = definition.OptionalInteger("scale", 0, 12);
        if (definition.Has("scale") && type is not null and not ColumnType.Decimal)
            definition.Fault("scale", $"is for columns of type decimal; this one is {ColumnTypeNames.NameOf(type.Value)}.");

        var stored = ReadStored(definition, type);
        var link = ReadLink(definition, type);
        var unreadable = UnreadableDefaults.Read(definition, defaults);
        if (faults.Count > faultsBefore)
            return null;

        return new DatasetColumn
        {
            Name = name!,
            Title = title!,
            Type = type!.Value,
            SqlName = sqlName ?? name!,
            Width = width,
            NumberFormat = format,
            Scale = scale,
            Link = link,
            Stored = stored,
            OnUnreadable = unreadable.OnUnreadable,
            EmptyText = unreadable.EmptyText,
        };
    }

    private static ColumnType? ReadType(DefinitionObject definition)
    {
        var expected = string.Join(", ", ColumnTypeNames.All);
        var name = definition.RequiredText("type", $"one of {expected}");
        if (name is null)
            return null;

        var type = ColumnTypeNames.Find(name);
        if (type is null)
            definition.Fault(
                "type", $"\"{name}\" is not a column type{NearestName.Suggest(name, ColumnTypeNames.All)} Known are {expected}.");

        return type;
    }

    private static StoredForm? ReadStored(DefinitionObject definition, ColumnType? type)
    {
        var stored = definition.OptionalChoice<StoredForm>("stored");
        if (stored is not null && type is not null and not (ColumnType.Date or ColumnType.Timestamp or ColumnType.LocalTimestamp))
            definition.Fault(
                "stored", $"is for columns of type date, timestamp and localTimestamp; this one is {ColumnTypeNames.NameOf(type.Value)}.");

        return stored;
    }

    private static string? ReadFormat(DefinitionObject definition, ColumnType? type)
    {
        if (Short(definition, "format", MaxNumberFormatLength) is not { } text)
            return null;

        if (NumberFormat.Read(text, out var fault) is not { } format)
            definition.Fault("format", string.Create(
                CultureInfo.InvariantCulture, $"\"{text}\" is no number format: at character {fault!.Position + 1} {fault.Message}."));
        else if (type is not null && NumberFormatFit.Find(format, type.Value) is { } misfit)
            definition.Fault("format", misfit);

        return text;
    }

    private static ColumnLink? ReadLink(DefinitionObject definition, ColumnType? type)
    {
        var link = definition.OptionalChoice<ColumnLink>("link");
        if (link is not null && type is not null and not (ColumnType.Text or ColumnType.Identifier))
            definition.Fault("link", $"is for columns of type text and identifier; this one is {ColumnTypeNames.NameOf(type.Value)}.");

        return link;
    }

    private static string? Short(DefinitionObject definition, string property, int max)
    {
        var text = definition.OptionalText(property);
        if (text is null || text.Length <= max)
            return text;

        definition.Fault(property, $"must have at most {max} characters.");
        return null;
    }
}
