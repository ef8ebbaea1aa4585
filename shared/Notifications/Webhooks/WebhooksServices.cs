using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Notifications.Webhooks.Records;
using ExportFunctions.Notifications.Webhooks.Requests;
using ExportFunctions.Notifications.Webhooks.Secrets;
using ExportFunctions.Notifications.Webhooks.Sending;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>Adds webhooks.</summary>
internal static class WebhooksServices
{
    /// <summary>Adds webhook notifications about exports. A host may register its own <see cref="IHostResolver"/> first.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Notifications</c> and <c>WEBHOOK_SECRETS_KEY</c>.</param>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WebhookOptions>(configuration, NotificationOptions.Section)
            .Configure(options => options.SecretsKey = configuration["WEBHOOK_SECRETS_KEY"])
            .Validate(
                options => SecretKeys.TryParse(options.SecretsKey) is not null,
                "WEBHOOK_SECRETS_KEY must be 32 random bytes as Base64, as openssl rand -base64 32 gives them; several keys with a space"
                    + " between.")
            .Validate(
                options => options.HasGoodNetworks(),
                "Notifications:AllowedNetworks must be networks as CIDR, such as 10.20.0.0/16 or fd12:3456::/32.")
            .Validate(options => options.HasGoodPauses(), "Notifications:WebhookRetryDelays must be from 00:00:01 to 5.00:00:00 each.");

        services.TryAddSingleton<IHostResolver, HostResolver>();
        services.AddSingleton(provider => new AddressRules(provider.GetRequiredService<IOptions<WebhookOptions>>().Value.Networks()));
        services.AddSingleton<CheckedConnections>();
        services.AddSingleton<WebhookUrl>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<ChatTemplates>();
        services.AddSingleton<WebhookPayloads>();
        services.AddSingleton<TemplateCheck>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<PendingDeliveries>();
        services.AddSingleton<IWebhookStore, TableWebhookStore>();
        services.AddSingleton<IDeliveryChannel, WebhookChannel>();
        services.AddSingleton<IReceiverSource, WebhookReceivers>();
        services.AddHostedService<WebhooksSetup>();

        // Their constructors are internal, which the container's constructor search does not see.
        services.AddComposed<WebhookRequestReader>();
        services.AddComposed<WebhookTrial>();
        services.AddComposed<WebhookChanges>();
        return services;
    }
}
