using System.Globalization;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Options;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Sends mails through SendGrid's API.</summary>
internal sealed class SendGridMailSender(IOptions<MailOptions> options) : IMailSender
{
    private readonly SendGridClient _client = new(new SendGridClientOptions { ApiKey = options.Value.SendGridKey, Host = options.Value.SendGridHost });

    public async Task<DeliveryAnswer> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        var from = MimeKit.MailboxAddress.Parse(options.Value.Sender!);
        var message = MailHelper.CreateSingleEmail(new EmailAddress(from.Address, from.Name), new EmailAddress(mail.To), mail.Subject, mail.Text, mail.Html);
        message.AddCustomArg("delivery", mail.Id.ToString("N"));
        if (mail.Attachment is { } file)
            message.AddAttachment(file.Name, Convert.ToBase64String(file.Content.Span), file.ContentType);
        message.SetClickTracking(enable: false, enableText: false);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.Timeout);
        try
        {
            var response = await _client.SendEmailAsync(message, timeout.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new DeliveryAnswer(DeliveryOutcome.Accepted, Answer(status)),
                401 or 403 => new DeliveryAnswer(DeliveryOutcome.TryLater, $"{Answer(status)}: check SENDGRID_API_KEY and the sender, SMTP_FROM."),
                429 or >= 500 => new DeliveryAnswer(DeliveryOutcome.TryLater, Answer(status)),
                _ => new DeliveryAnswer(DeliveryOutcome.Refused, Answer(status)),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DeliveryAnswer(DeliveryOutcome.TryLater, "SendGrid can't be reached.");
        }
    }

    private static string Answer(int status) => string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {status}");
}
