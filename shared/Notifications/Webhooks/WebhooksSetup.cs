using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Notifications.Webhooks.Secrets;
using ExportFunctions.Startup;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>Prevents a start that would lose Slack and Teams messages because a template can't be used.</summary>
internal sealed class WebhooksSetup(SecretProtector protector, ChatTemplates templates) : StartupStep
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        protector.HasKey ? templates.CheckAsync() : Task.CompletedTask;
}
