using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Outages;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Reports when the mail server or service can't be reached, and when it can again.</summary>
/// <param name="inner">The actual sender.</param>
/// <param name="place">The server or service it sends to.</param>
/// <param name="outages">Receives outages.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchedMailSender(IMailSender inner, string place, OutageLog outages, TimeProvider time) : IMailSender, IDisposable
{
    // A stopping host cancels too; a call canceled after the full time limit was waiting for a response.
    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(5);

    public async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            var answer = await inner.SendAsync(mail, cancellationToken);
            if (answer.IsOutage)
                outages.Failed(OutsidePart.MailServer, place, "it can't be connected to, or broke off");
            else
                outages.Answered(OutsidePart.MailServer, place);
            return answer;
        }
        catch (OperationCanceledException)
        {
            if (time.GetElapsedTime(start) >= MinWait)
                outages.Failed(OutsidePart.MailServer, place, "no answer in time");
            throw;
        }
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
