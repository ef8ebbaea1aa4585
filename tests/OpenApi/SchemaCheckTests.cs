using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.OpenApi;

public sealed class SchemaCheckTests
{
    private const string Schema = """
        {
          "type": "object",
          "required": ["name"],
          "properties": {
            "name": { "type": "string", "maxLength": 5 },
            "count": { "type": ["integer", "null"], "minimum": 0 },
            "kind": { "oneOf": [ { "enum": ["a", "b"] }, { "type": "null" } ] },
            "list": { "type": "array", "items": { "type": "boolean" } }
          }
        }
        """;

    [Theory]
    [InlineData("""{"name":"x","count":null,"kind":"a","list":[true]}""", null)]
    [InlineData("""[]""", "$ is [], not \"object\"")]
    [InlineData("""{"count":1}""", "$.name is missing")]
    [InlineData("""{"name":"longer"}""", "$.name is longer than 5")]
    [InlineData("""{"name":"x","count":1.5}""", "$.count is 1.5, not [\"integer\",\"null\"]")]
    [InlineData("""{"name":"x","count":-1}""", "$.count is less than 0")]
    [InlineData(
        """{"name":"x","kind":"c"}""", "$.kind fits no choice: $.kind is \"c\", none of [\"a\",\"b\"] | $.kind is \"c\", not \"null\"")]
    [InlineData("""{"name":"x","list":[true,1]}""", "$.list[1] is 1, not \"boolean\"")]
    [InlineData("""{"name":"x","more":1}""", "$.more is not described")]
    public void Faults_NamesWhatTheSchemaDoesNotAllow(string json, string? fault)
    {
        var faults = SchemaCheck.Faults(JsonNode.Parse(Schema)!, JsonNode.Parse(json));

        Assert.Equal(fault is null ? [] : [fault], faults);
    }
}
