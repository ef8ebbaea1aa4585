using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Decides whether further mails may be requested, or the backlog is so long that they would go out hours late.</summary>
public sealed class MailBacklog
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    private readonly IMailBudget _budget;
    private readonly IOptions<NotificationOptions> _options;
    private readonly TimeProvider _time;

    internal MailBacklog(IMailBudget budget, IOptions<NotificationOptions> options, TimeProvider time)
    {
        _budget = budget;
        _options = options;
        _time = time;
    }

    /// <summary>The hourly limit of mails, over all hosts together.</summary>
    public int MaxPerHour => _options.Value.MaxMailsPerHour;

    /// <summary>Determines how long to wait before further mails are requested.</summary>
    /// <returns>The time until a new mail would wait an hour at most; null when that is so now, or no mails are sent at all.</returns>
    public async Task<TimeSpan?> FindPauseAsync(CancellationToken cancellationToken)
    {
        if (!_options.Value.EmailEnabled)
            return null;

        var wait = await _budget.NextAsync(cancellationToken) - _time.GetUtcNow();
        return wait > MaxWait ? wait - MaxWait : null;
    }
}
