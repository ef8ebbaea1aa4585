using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using ExportFunctions.Outages;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Outages;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

/// <summary>What storage clients' calls tell of the account.</summary>
public sealed class StorageOutagesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines<OutageLog> _log = new();

    [Fact]
    public async Task Calls_ThatAreRefused_AreAnOutage_AndAnyAnswerEndsIt()
    {
        var answers = new Answers { Status = 503 };
        var queue = Client(answers);

        await Record.ExceptionAsync(() => queue.GetPropertiesAsync());
        _time.Advance(TimeSpan.FromSeconds(2));
        await Record.ExceptionAsync(() => queue.GetPropertiesAsync());
        _time.Advance(TimeSpan.FromSeconds(70));
        answers.Status = 404;
        await Record.ExceptionAsync(() => queue.GetPropertiesAsync());

        Assert.Equal(
            [
                "Storage can't be reached at 127.0.0.1:10001/school: it answers 503. Trying again.",
                "Storage answers again after 1 min 12 s.",
            ],
            _log.Texts);
    }

    [Fact]
    public async Task Calls_ThatTheirCallerCancels_AreNoOutage_UnlessTheyWaitedForSeconds()
    {
        var answers = new Answers();
        var queue = Client(answers);

        foreach (var wait in new[] { 1, 1, 4, 4 })
        {
            using var cancel = new CancellationTokenSource();
            answers.Before = async token =>
            {
                _time.Advance(TimeSpan.FromSeconds(wait));
                await cancel.CancelAsync();
                token.ThrowIfCancellationRequested();
            };
            await Record.ExceptionAsync(() => queue.GetPropertiesAsync(cancel.Token));
        }

        Assert.Equal(["Storage can't be reached at 127.0.0.1:10001/school: no answer in time. Trying again."], _log.Texts);
    }

    [Theory]
    [InlineData("https://school.blob.core.windows.net/exports/a?sig=secret", "school.blob.core.windows.net")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/exports", "127.0.0.1:10000/devstoreaccount1")]
    [InlineData("http://azurite:10000/devstoreaccount1/exports", "azurite:10000/devstoreaccount1")]
    public void Place_IsTheAccount(string url, string expected) => Assert.Equal(expected, StorageOutages.PlaceOf(new Uri(url)));

    private QueueClient Client(Answers answers)
    {
        var options = new QueueClientOptions { Transport = new HttpClientTransport(new HttpClient(answers)), Retry = { MaxRetries = 0 } };
        options.AddPolicy(new StorageOutages(new OutageLog(_time, _log), _time).Policy, HttpPipelinePosition.PerRetry);
        return new QueueClient(new Uri("http://127.0.0.1:10001/school/q"), options);
    }

    private sealed class Answers : HttpMessageHandler
    {
        public int Status { get; set; } = 200;

        public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Before(cancellationToken);
            return new HttpResponseMessage((System.Net.HttpStatusCode)Status);
        }
    }
}
