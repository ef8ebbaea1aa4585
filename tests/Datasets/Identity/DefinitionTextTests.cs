using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Tests.Datasets.Identity;

/// <summary>
/// The canonical text is what a serializer says of a definition: a property that is added to one and forgotten in the other is found here.
/// </summary>
public sealed class DefinitionTextTests
{
    private static readonly JsonSerializerOptions Serialized = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[0, 12], Gen.Const("Ελένη <b>\"'&+\u2028"));

    private static readonly Gen<DatasetColumn> Column =
        from texts in Text.Array[3]
        from type in Gen.Enum<ColumnType>()
        from scale in Gen.Int[0, 12].Nullable()
        from stored in Gen.Enum<StoredForm>().Nullable()
        from onUnreadable in Gen.Enum<UnreadableValue>()
        from emptyText in Gen.Enum<EmptyText>()
        from width in Gen.Double[0, 255].Nullable()
        from numberFormat in Text.Null()
        from link in Gen.Enum<ColumnLink>().Nullable()
        select new DatasetColumn
        {
            Name = texts[0],
            Title = texts[1],
            SqlName = texts[2],
            Type = type,
            Scale = scale,
            Stored = stored,
            OnUnreadable = onUnreadable,
            EmptyText = emptyText,
            Width = width,
            NumberFormat = numberFormat,
            Link = link,
        };

    private static readonly Gen<Dataset> Definition =
        from texts in Text.Array[3]
        from table in Text.Array[1, 3].Null()
        from query in Text.Null()
        from logo in Text.Null()
        from columns in Column.Array[0, 4]
        select new Dataset
        {
            Name = texts[0],
            Title = texts[1],
            Source = texts[2],
            Table = table,
            Query = query,
            Logo = logo,
            Key = [.. columns.Take(1)],
            Columns = columns,
        };

    [Fact]
    public void Of_SaysWhatASerializerSays_OfAnyDefinition() =>
        Definition.Sample(dataset => Assert.Equal(Canonical(dataset), DefinitionText.Of(dataset)), iter: 1000);

    private static string Canonical(Dataset dataset) =>
        Sorted(JsonSerializer.SerializeToNode(dataset with { Source = "" }, Serialized))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
