using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Optional values as properties. A merge ignores null properties, so "no value" must be stored as the empty string.</summary>
internal static class EntityValues
{
    public static string Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";

    public static DateTimeOffset? Instant(this TableEntity entity, string property)
    {
        if (entity.GetString(property) is not { Length: > 0 } text)
            return null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new InvalidDataException($"Its {property} is not an instant.");
    }

    /// <summary>A required text.</summary>
    public static string Required(this TableEntity entity, string property) =>
        entity.GetString(property) ?? throw new InvalidDataException($"Its {property} is missing.");

    public static string Json<T>(T? value, JsonTypeInfo<T> type)
        where T : class =>
        value is null ? "" : JsonSerializer.Serialize(value, type);

    public static T? Json<T>(this TableEntity entity, string property, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return entity.GetString(property) is { Length: > 0 } json ? JsonSerializer.Deserialize(json, type) : null;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The JSON of its {property} can't be read.", exception);
        }
    }

    /// <summary>Leaves out empty values: a new entity has nothing to merge over.</summary>
    public static TableEntity WithoutEmpty(this TableEntity entity)
    {
        foreach (var (name, _) in entity.Where(property => property.Value is "").ToList())
            entity.Remove(name);

        return entity;
    }
}
