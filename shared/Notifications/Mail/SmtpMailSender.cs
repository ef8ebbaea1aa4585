using System.Globalization;
using System.Net.Sockets;
using ExportFunctions.Notifications.Deliveries;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Sends mails through an SMTP server, one connection per mail.</summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options) : IMailSender
{
    private const int ImplicitTlsPort = 465;
    private static readonly TimeSpan QuitTime = TimeSpan.FromSeconds(2);

    public async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var smtp = new SmtpClient { Timeout = (int)options.Value.Timeout.TotalMilliseconds };
        try
        {
            await smtp.ConnectAsync(options.Value.Host!, options.Value.Port, SecurityOf(options.Value), cancellationToken);
            if (options.Value is { User: { } user, Password: { } password })
                await smtp.AuthenticateAsync(user, password, cancellationToken);

            using var message = ToMessage(mail, options.Value.Sender!);
            var answer = await smtp.SendAsync(message, cancellationToken);

            // RFC 5321, 4.2.5 and 6.1: by its reply to DATA the server has accepted the mail. The outcome of QUIT does not change that.
            await QuitAsync(smtp);
            return new DeliveryAnswer(DeliveryOutcome.Accepted, Line(answer));
        }
        catch (SmtpCommandException exception)
        {
            // RFC 5321, 4.2.1: 4yz is transient, 5yz permanent.
            var isPermanent = (int)exception.StatusCode >= 500;
            return new DeliveryAnswer(
                isPermanent ? DeliveryOutcome.Refused : DeliveryOutcome.TryLater,
                string.Create(CultureInfo.InvariantCulture, $"{(int)exception.StatusCode} {Line(exception.Message)}"));
        }
        catch (AuthenticationException)
        {
            return new DeliveryAnswer(DeliveryOutcome.TryLater, "The mail server does not accept SMTP_USER and SMTP_PASSWORD.");
        }
        catch (Exception exception) when (exception is SslHandshakeException or NotSupportedException)
        {
            return new DeliveryAnswer(
                DeliveryOutcome.TryLater, "No secure connection to the mail server: check SMTP_PORT, and its certificate.");
        }
        catch (Exception exception) when (exception is SocketException
            or IOException or ProtocolException or TimeoutException or ServiceNotConnectedException)
        {
            return new DeliveryAnswer(
                DeliveryOutcome.TryLater, "The mail server can't be reached, or broke off: check SMTP_HOST and SMTP_PORT.")
            { IsOutage = true };
        }
    }

    private static async Task QuitAsync(SmtpClient smtp)
    {
        using var last = new CancellationTokenSource(QuitTime);
        try
        {
            await smtp.DisconnectAsync(quit: true, last.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException
            or SocketException or IOException or ProtocolException or CommandException
            or TimeoutException or ServiceNotConnectedException)
        {
            // Disposal closes it.
        }
    }

    /// <summary>Ensures that a password is never sent over an unencrypted connection.</summary>
    private static SecureSocketOptions SecurityOf(MailOptions options) => options switch
    {
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        { Password: not null } => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    // With multi-line parameters (RFC 2231) the library splits surrogate pairs; with encoded words (RFC 2047), which mail programs read as
    // well, it doesn't.
    private static void KeepName(MimeEntity attachment, string name)
    {
        if (!name.Any(char.IsSurrogate))
            return;

        var parameters =
            attachment.ContentType.Parameters.Concat(attachment.ContentDisposition?.Parameters ?? Enumerable.Empty<Parameter>());
        foreach (var parameter in parameters.Where(parameter => parameter.Value == name))
            parameter.EncodingMethod = ParameterEncodingMethod.Rfc2047;
    }

    private static MimeMessage ToMessage(OutgoingMail mail, string sender)
    {
        var from = MailboxAddress.Parse(sender);
        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        if (mail.Attachment is { } file)
            KeepName(body.Attachments.Add(file.Name, file.Content.ToArray(), ContentType.Parse(file.ContentType)), file.Name);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{from.Address[(from.Address.LastIndexOf('@') + 1)..]}",
            Subject = mail.Subject,
            Body = body.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(mail.To));

        // RFC 3834: suppress out-of-office replies.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static string Line(string text) =>
        text.ReplaceLineEndings(" ").Trim() is { Length: > 200 } longer ? longer[..200] : text.ReplaceLineEndings(" ").Trim();
}
