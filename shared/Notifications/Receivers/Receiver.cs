namespace ExportFunctions.Notifications.Receivers;

/// <summary>Somebody who hears of an event.</summary>
/// <param name="Channel">The way there.</param>
/// <param name="To">What people know the receiver by: the e-mail address, or the webhook's name.</param>
/// <param name="WebhookId">The webhook's id; null for mails.</param>
public sealed record Receiver(NotificationChannel Channel, string To, Guid? WebhookId = null)
{
    /// <summary>What tells receivers apart: the same for one that is named twice.</summary>
    public string Key => WebhookId is { } id ? $"webhook {id:N}" : To.ToLowerInvariant();

    /// <summary>The receiver of a mail.</summary>
    /// <param name="address">The e-mail address.</param>
    public static Receiver Mail(string address) => new(NotificationChannel.Email, address);
}

/// <summary>The ways a notification goes.</summary>
public enum NotificationChannel
{
    /// <summary>A mail.</summary>
    Email,

    /// <summary>An HTTP call to an endpoint that somebody has registered.</summary>
    Webhook,
}
