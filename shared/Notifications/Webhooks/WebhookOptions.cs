using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>The part of section <c>Notifications</c> that concerns webhooks, and <c>WEBHOOK_SECRETS_KEY</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// The keys that encrypt stored secrets, each 32 bytes as Base64, separated by spaces: the first encrypts, all decrypt. If null, there
    /// are no webhooks.
    /// </summary>
    public string? SecretsKey { get; set; }

    /// <summary>The private or special networks that webhooks may be in, as CIDR: <c>10.20.0.0/16</c>. None by default.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>The time limit of one call, from name resolution to the end of the response, 1 s to 1 min; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Notifications:WebhookTimeout must be from 00:00:01 to 00:01:00.")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The pauses after failed attempts, each 1 s to 5 days; the delivery is given up after the attempt that follows the last pause. When
    /// empty, the schedule of Standard Webhooks.
    /// </summary>
    public IReadOnlyList<TimeSpan> WebhookRetryDelays { get; set; } = [];

    /// <summary>How many days a webhook may fail, without a success in between, before it is disabled, 1 to 30; 5 by default.</summary>
    [Range(1, 30, ErrorMessage = "Notifications:WebhookDisableAfterDays must be from 1 to 30.")]
    public int WebhookDisableAfterDays { get; set; } = 5;

    /// <summary>The pauses in force. By default the example schedule of Standard Webhooks 1.0.0: ten attempts over three days.</summary>
    internal IReadOnlyList<TimeSpan> Pauses => WebhookRetryDelays.Count > 0 ? WebhookRetryDelays : StandardPauses;

    private static IReadOnlyList<TimeSpan> StandardPauses { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The networks.</summary>
    internal IReadOnlyList<IPNetwork> Networks() => [.. AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    internal bool HasGoodNetworks() => AllowedNetworks.All(network => IPNetwork.TryParse(network, out _));

    internal bool HasGoodPauses() => WebhookRetryDelays.All(pause => pause >= TimeSpan.FromSeconds(1) && pause <= TimeSpan.FromDays(5));
}
