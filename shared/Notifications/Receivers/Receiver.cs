namespace ExportFunctions.Notifications.Receivers;

/// <summary>A receiver of an event.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="To">The name shown to people: the e-mail address, or the webhook's name.</param>
/// <param name="WebhookId">The webhook's id; null for mails.</param>
public sealed record Receiver(NotificationChannel Channel, string To, Guid? WebhookId = null)
{
    /// <summary>The key of a receiver: the same for one that is named twice.</summary>
    public string Key => WebhookId is { } id ? $"webhook {id:N}" : To.ToLowerInvariant();

    /// <summary>The receiver of a mail.</summary>
    /// <param name="address">The e-mail address.</param>
    public static Receiver Mail(string address) => new(NotificationChannel.Email, address);
}

/// <summary>The channels of notifications.</summary>
public enum NotificationChannel
{
    /// <summary>A mail.</summary>
    Email,

    /// <summary>An HTTP call to a registered endpoint.</summary>
    Webhook,
}
