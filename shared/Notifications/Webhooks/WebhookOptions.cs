using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>Section <c>Notifications</c>, as far as webhooks go by it, and <c>WEBHOOK_SECRETS_KEY</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// The keys that secrets are stored under, each 32 bytes as Base64, separated by spaces: the first encrypts, all decrypt. Null: there
    /// are no webhooks.
    /// </summary>
    public string? SecretsKey { get; set; }

    /// <summary>
    /// The networks that webhooks may be in although they are private or not on the internet, as CIDR: <c>10.20.0.0/16</c>. None by
    /// default.
    /// </summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>How long one call may take, from the look-up of the name to the end of the answer, 1 s to 1 min; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Notifications:WebhookTimeout must be from 00:00:01 to 00:01:00.")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The pauses after failed tries, each 1 s to 5 days: as many as there are, and after the try that follows the last it is given up.
    /// Standard Webhooks' own table when empty.
    /// </summary>
    public IReadOnlyList<TimeSpan> WebhookRetryDelays { get; set; } = [];

    /// <summary>How many days a webhook may fail, without a success in between, before it is disabled, 1 to 30; 5 by default.</summary>
    [Range(1, 30, ErrorMessage = "Notifications:WebhookDisableAfterDays must be from 1 to 30.")]
    public int WebhookDisableAfterDays { get; set; } = 5;

    /// <summary>
    /// The pauses in force. By default those that Standard Webhooks 1.0.0 gives as its example: ten tries over three days.
    /// </summary>
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
