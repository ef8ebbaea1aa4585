using System.Globalization;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Options;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Sends mails through SendGrid's API.</summary>
internal sealed class SendGridMailSender : IMailSender, IDisposable
{
    private readonly MailOptions _options;
    private readonly HttpClient _http;
    private readonly SendGridClient _client;

    public SendGridMailSender(IOptions<MailOptions> options)
    {
        _options = options.Value;

        // One connection per mail: a mail would fail on one that the server has closed in between. The time limit is that of the attempt.
        var connections = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        _http = new HttpClient(new StatusAlone(connections)) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new SendGridClient(_http, new SendGridClientOptions { ApiKey = _options.SendGridKey, Host = _options.SendGridHost });
    }

    public async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var from = MimeKit.MailboxAddress.Parse(_options.Sender!);
        var message = MailHelper.CreateSingleEmail(
            new EmailAddress(from.Address, from.Name), new EmailAddress(mail.To), mail.Subject, mail.Text, mail.Html);
        message.AddCustomArg("delivery", mail.Id.ToString("N"));
        if (mail.Attachment is { } file)
            message.AddAttachment(file.Name, Convert.ToBase64String(file.Content.Span), file.ContentType);
        message.SetClickTracking(enable: false, enableText: false);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            var response = await _client.SendEmailAsync(message, timeout.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new DeliveryAnswer(DeliveryOutcome.Accepted, Answer(status)),
                401 or 403 =>
                    new DeliveryAnswer(DeliveryOutcome.TryLater, $"{Answer(status)}: check SENDGRID_API_KEY and the sender, SMTP_FROM."),
                429 or >= 500 => new DeliveryAnswer(DeliveryOutcome.TryLater, Answer(status)),
                _ => new DeliveryAnswer(DeliveryOutcome.Refused, Answer(status)),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException || (
            exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DeliveryAnswer(DeliveryOutcome.TryLater, "SendGrid can't be reached.") { IsOutage = true };
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Answer(int status) => string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {status}");

    /// <summary>The status alone decides: the body may never arrive, so it is not awaited.</summary>
    private sealed class StatusAlone(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Content.Dispose();
            response.Content = new ByteArrayContent([]);
            return response;
        }
    }
}
