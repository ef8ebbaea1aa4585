using System.Text.Json;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Webhooks.Requests;

public sealed class WebhookRequestReaderTests
{
    private static readonly WebhookRequestReader Reader = new(
        new SubscriptionFilterReader(
            DatasetsFileReader.Read(Repository.Find().SampleDatasets, new ConfigurationBuilder().Build()), AppFormats.Catalog),
        new WebhookUrl(new AddressRules([])),
        new TemplateCheck(Options.Create(new NotificationOptions())));

    [Fact]
    public async Task Read_TakesTheDefaults()
    {
        var (request, errors) = await ReadAsync("""{"name":"Registrar","url":"https://hooks.example.org/exports"}""");

        Assert.Empty(errors);
        Assert.Equal((WebhookKind.Standard, "en", true, null), (request!.Kind, request.Language, request.Enabled, request.Template));
        Assert.Empty(request.Filter.Events);
    }

    [Fact]
    public async Task Read_TakesEveryField()
    {
        var (request, errors) = await ReadAsync(
            """{"name":"Τα νέα","url":"https://hooks.slack.com/services/T/B/X","kind":"slack","events":["alert.raised"],"datasets":["students"],"formats":["csv"],"template":"{\"text\": \"{{ rule }}\"}","language":"el","enabled":false}""");

        Assert.Empty(errors);
        Assert.Equal((WebhookKind.Slack, "el", false), (request!.Kind, request.Language, request.Enabled));
        Assert.Equal(
            ["alert.raised", "students", "csv"], [.. request.Filter.Events, .. request.Filter.Datasets, .. request.Filter.Formats]);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"url":"https://hooks.example.org/"}""", "name")]
    [InlineData("""{"name":" ","url":"https://hooks.example.org/"}""", "name")]
    [InlineData("""{"name":"a\nb","url":"https://hooks.example.org/"}""", "name")]
    [InlineData("""{"name":"x"}""", "url")]
    [InlineData("""{"name":"x","url":7}""", "url")]
    [InlineData("""{"name":"x","url":"https://127.0.0.1/"}""", "url")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","kind":"discord"}""", "kind")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","kind":1}""", "kind")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","events":"all"}""", "events")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","events":["export.done"]}""", "events[0]")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","datasets":["nothing"]}""", "datasets[0]")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","formats":["docx"]}""", "formats[0]")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","language":"fr"}""", "language")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","enabled":"yes"}""", "enabled")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","template":{}}""", "template")]
    [InlineData("""{"name":"x","url":"https://hooks.example.org/","secret":"whsec_x"}""", "secret")]
    [InlineData("""{"name":"x","name":"y","url":"https://hooks.example.org/"}""", "name")]
    public async Task Read_NamesTheFieldThatIsWrong(string json, string field)
    {
        var (request, errors) = await ReadAsync(json);

        Assert.Null(request);
        Assert.Equal([field], errors.Keys);
    }

    [Theory]
    [InlineData("{\n\"a\": \"{% if rows %}\"}", "The Liquid can't be read")]
    [InlineData("{\n\"a\":\n\"{{ fileName \"}", "Line 3")]
    [InlineData("{\n\"a\":\n\"{{ file_name }}\"}", "Line 3: there is no value \"file_name\"")]
    [InlineData("{\"a\": \"{{ rows | upcse }}\"}", "It can't be carried out")]
    [InlineData("{\"a\":\n{{ fileName }}}", "stops being so in line 2")]
    [InlineData("{\"rows\": {{ rows }}}", "With a sample of export.succeeded: It gives no valid JSON")]
    [InlineData("{\"a\": \"{{ fileName | raw }}\"}", "It gives no valid JSON")]
    [InlineData("Just words", "It gives no valid JSON")]
    [InlineData("{% for i in (1..100000000) %} {% endfor %}{}", "Ranges, such as (1..5), are not supported")]
    [InlineData("{% assign a = (1..100000000) %}{}", "Ranges, such as (1..5), are not supported")]
    [InlineData("{% include 'x' %}{}", "There is no template 'x' to include")]
    public async Task Read_SaysWhatIsWrongWithATemplate(string template, string message)
    {
        var (request, errors) = await ReadAsync(Json(template));

        Assert.Null(request);
        Assert.Equal(["template"], errors.Keys);
        Assert.Contains(errors["template"], error => error.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nested", 900, "at most 100 blocks")]
    [InlineData("doubled", 60, "A value may have at most")]
    [InlineData("replaced", 20, "A value may have at most")]
    [InlineData("looped", 3, "It can't be carried out")]
    public async Task Read_RefusesATemplate_ThatWouldTakeTheHostDown(string how, int times, string message)
    {
        var template = how switch
        {
            "nested" => string.Concat(Enumerable.Repeat("{%if id%}", times)) + string.Concat(Enumerable.Repeat("{%endif%}", times)) + "{}",
            "doubled" => "{% assign s = 'xxxxxxxx' %}" + string.Concat(Enumerable.Repeat("{% assign s = s | append: s %}", times)) + "{}",
            "replaced" =>
                "{% assign s = 'xxxxxxxx' %}" + string.Concat(Enumerable.Repeat("{% assign s = s | replace: 'x', s %}", times)) + "{}",
            _ => "{% assign s = 'x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x' | split: ',' %}" + string.Concat(
                Enumerable.Repeat("{% for i in s %}", times)) + "x" + string.Concat(Enumerable.Repeat("{% endfor %}", times)) + "{}",
        };

        var (request, errors) = await ReadAsync(Json(template));

        Assert.Null(request);
        Assert.Contains(errors["template"], error => error.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{{ "now" | date: "%400000000N" }}""", "A format may have")]
    [InlineData("""{{ "now" | date: "%^_400000000Y" }}""", "A format may have")]
    [InlineData("""{{ 1 | format_number: "N900000000" }}""", "A format may have")]
    [InlineData("""{{ "{0,900000000}" | format_string: 1 }}""", "A format may have")]
    [InlineData("""{{ "{0:N900000000}" | format_string: 1 }}""", "A format may have")]
    [InlineData("""{{ "now" | format_date: "N900000000" }}""", "A format may have")]
    [InlineData("appended", "A value may have at most")]
    [InlineData("encoded", "A value may have at most")]
    [InlineData("quoted", "A value may have at most")]
    [InlineData("filled", "A value may have at most")]
    [InlineData("captured", "It writes more than 262144 characters")]
    [InlineData("repeated", "It writes more than 262144 characters")]
    [InlineData("spelled", "It writes more than 262144 characters")]
    public async Task Read_RefusesATemplate_ThatWouldTakeGigabytes(string template, string message)
    {
        const string Loop = "{% assign all = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' | append: fileName | split: '' %}{% for a in "
            + "all %}{% for b in all %}";
        var text = "{% assign s = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}" + string.Concat(
            Enumerable.Repeat("{% assign s = s | append: s %}", 7));
        template = template switch
        {
            "appended" => "{% assign s = 'xxxxxxxxxxxxxxxx' %}{% assign s = s" + string.Concat(
                Enumerable.Repeat(" | append: s", 1100)) + " %}{}",
            "encoded" => "{{ 'xxxxxxxxxxxxxxxx'" + string.Concat(Enumerable.Repeat(" | base64_encode", 200)) + " }}",
            "quoted" => "{{ fileName" + string.Concat(Enumerable.Repeat(" | json", 40)) + " }}",
            "filled" => "{% assign s = '" + new string('{', 500) + "' | replace: '{', '{0} {1} ' %}{{ s | format_string: s, s }}",
            "captured" => text + "{% capture c %}" + Loop + "{{ s }}{% endfor %}{% endfor %}{% endcapture %}{}",
            "repeated" => text + Loop + "{{ s }}{% endfor %}{% endfor %}",
            "spelled" => Loop + new string('x', 2_000) + "{% endfor %}{% endfor %}",
            _ => template,
        };

        var (request, errors) = await ReadAsync(Json(template));

        Assert.Null(request);
        Assert.Contains(errors["template"], error => error.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"a":"{{ 'now' | date: '%Y-%m-%d %H:%M:%S.%3N in 2026' }}"}""")]
    [InlineData("""{"a":"{{ 1234.5 | format_number: 'N2' }} {{ '{0,10:N2} of {1}' | format_string: 1, 2 }} {{ 'now' | format_date: 'yyyy-MM-dd' }}"}""")]
    [InlineData("""{"a":"{{ fileName | upcase | append: '!' | truncate: 20 | url_encode }}","b":{% capture c %}{{ rows }}{% endcapture %}{{ c | json }}}""")]
    public async Task Read_TakesATemplate_WithFiltersAsPeopleUseThem(string template)
    {
        var (request, errors) = await ReadAsync(Json(template));

        Assert.Empty(errors);
        Assert.NotNull(request);
    }

    [Fact]
    public async Task Read_StopsTryingATemplate_WhenTheRequestIsCanceled()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ReadAsync(Json("""{"a":"{{ fileName | upcase }}"}"""), cancellationToken: canceled.Token));
    }

    [Fact]
    public async Task Read_ChecksATemplate_ForTheEventsItIsToldOf()
    {
        const string Template = """{"metric": "{{ metric }}", "value": {{ value }}}""";

        var (all, errors) = await ReadAsync(Json(Template));
        var (alerts, none) = await ReadAsync(Json(Template, "\"events\":[\"alert.raised\"],"));

        Assert.Null(all);
        Assert.Equal(["template"], errors.Keys);
        Assert.NotNull(alerts);
        Assert.Empty(none);
    }

    [Fact]
    public async Task Read_LeavesUrlAndKindAsTheyAre_WhenTheyAreLeftOutOrSentBack()
    {
        var present = new Webhook
        {
            Id = Guid.Empty,
            Name = "x",
            Kind = WebhookKind.Slack,
            ShownUrl = "https://hooks.slack.com/…",
            EncryptedUrl = "",
            CreatedAt = default,
            UpdatedAt = default,
        };

        var (leftOut, _) = await ReadAsync("""{"name":"x"}""", present);
        var (sentBack, _) = await ReadAsync("""{"name":"x","url":"https://hooks.slack.com/…","kind":"slack"}""", present);
        var (_, errors) = await ReadAsync("""{"name":"x","kind":"teams"}""", present);

        Assert.Equal((null, WebhookKind.Slack), (leftOut!.Url, leftOut.Kind));
        Assert.Null(sentBack!.Url);
        Assert.Equal(["kind"], errors.Keys);
    }

    internal static async Task<(WebhookRequest? Request, IReadOnlyDictionary<string, string[]> Errors)> ReadAsync(
        string json, Webhook? present = null, CancellationToken cancellationToken = default)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        return (await Reader.ReadAsync(body.RootElement, present, errors, cancellationToken), errors.ByField);
    }

    private static string Json(string template, string more = "") =>
        $$"""{"name":"x","url":"https://hooks.example.org/",{{more}}"template":{{JsonSerializer.Serialize(template)}}}""";
}
