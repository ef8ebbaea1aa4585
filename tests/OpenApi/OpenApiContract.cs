using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>
/// A running host against the document: each operation is called, and answered as described. Every host has its own class of these tests.
/// </summary>
public abstract partial class OpenApiContract
{
    private static readonly string[] Creating =
        ["CreateExport", "CreateImportExport", "CreateSchedule", "CreateImportExportSchedule", "CreateSubscription", "CreateWebhook", "CreateAlertRule"];

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Speaks to the host, with its key.</summary>
    private protected abstract ExportClient Client { get; }

    [Fact]
    public async Task Operations_AnswerAsDescribed()
    {
        var faults = new List<string>();
        var succeeded = new HashSet<string>(StringComparer.Ordinal);

        // What makes records goes first, and what deletes them last.
        foreach (var operation in OpenApiDocument.Operations.OrderBy(
            operation => Creating.Contains(operation.Id) ? 0 : operation.Method == "delete" ? 2 : 1))
        {
            using var response = await CallAsync(operation);
            faults.AddRange(await FaultsAsync(operation, response));
            if ((int)response.StatusCode < 400)
                succeeded.Add(operation.Id);
        }

        Assert.Empty(faults);
        Assert.Superset(Creating.ToHashSet(StringComparer.Ordinal), succeeded);
    }

    [Fact]
    public async Task Operations_Answer401_WithoutAKeyOnly()
    {
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Client.Http.BaseAddress };
        var faults = new List<string>();

        foreach (var operation in OpenApiDocument.Operations)
        {
            using var request = Request(operation);
            using var response = await stranger.SendAsync(request);
            var isRefused = (int)response.StatusCode == 401;
            if (isRefused != (operation.Operation["responses"]!["401"] is not null))
                faults.Add($"{operation.Id}: {(int)response.StatusCode}");
        }

        Assert.Empty(faults);
    }

    private async Task<HttpResponseMessage> CallAsync(OpenApiOperation operation)
    {
        using var request = Request(operation);
        var response = await Client.Http.SendAsync(request);
        if (!Creating.Contains(operation.Id) || !response.IsSuccessStatusCode)
            return response;

        await response.Content.LoadIntoBufferAsync();
        var made = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var id = made["id"]!.GetValue<string>();
        _ids[operation.Path] = id;
        if (operation.Id is "CreateExport" or "CreateImportExport")
            await Client.WaitUntilFinalAsync(id);

        return response;
    }

    private HttpRequestMessage Request(OpenApiOperation operation)
    {
        // A test message would go to where the example's receiver is.
        var known = operation.Id == "TestWebhook" ? null : _ids.GetValueOrDefault(operation.Path.Split("/{", 2)[0]);
        var path = PathParameter.Replace(operation.Path, match => match.Groups["name"].Value switch
        {
            "id" => known ?? Guid.CreateVersion7().ToString(),
            "name" => "students",
            _ => "nothing",
        });
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (operation.Operation["requestBody"] is { } body)
            request.Content = new StringContent(Example(body).ToJsonString(), Encoding.UTF8, "application/json");

        if (operation.ParametersIn("header").Contains("If-Match", StringComparer.Ordinal) && operation.Method == "delete")
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);

        return request;
    }

    private static JsonNode Example(JsonNode body)
    {
        var examples = OpenApiDocument.Resolve(body)!["content"]!["application/json"]!["examples"]!.AsObject();
        return OpenApiDocument.Resolve(examples.First().Value!)!["value"]!;
    }

    private static async Task<IEnumerable<string>> FaultsAsync(OpenApiOperation operation, HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var body = await response.Content.ReadAsStringAsync();
        if (operation.Operation["responses"]![status] is not { } described)
            return [$"{operation.Id}: {status} is not described: {body}"];

        var contents = OpenApiDocument.Resolve(described)!["content"]?.AsObject();
        var type = response.Content.Headers.ContentType?.MediaType;
        if (contents is null)
            return body.Length == 0 ? [] : [$"{operation.Id}: {status} has a body that is not described: {body}"];

        if (type is null || contents[type] is not { } content)
            return [$"{operation.Id}: {status} is {type}, none of {string.Join(", ", contents.Select(pair => pair.Key))}"];

        return type.EndsWith("json", StringComparison.Ordinal) && content["schema"] is { } schema
            ? SchemaCheck.Faults(schema, JsonNode.Parse(body)).Select(fault => $"{operation.Id}: {status}: {fault}")
            : [];
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParameter { get; }
}
