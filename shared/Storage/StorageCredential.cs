using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Storage;

/// <summary>
/// The credential for storage, from the settings that the Functions host reads for the connection: <c>__credential</c> is
/// <c>managedidentity</c> (with <c>__clientId</c> or <c>__managedIdentityResourceId</c> for a user-assigned one), or
/// <c>workloadidentity</c> (in Kubernetes). Without it, the default credential: environment, identity, or a developer's sign-in.
/// </summary>
internal static class StorageCredential
{
    /// <summary>Makes the credential; sends nothing yet.</summary>
    /// <param name="section">The connection's settings.</param>
    /// <exception cref="InvalidOperationException">The settings name an unknown credential.</exception>
    public static TokenCredential Create(IConfigurationSection section)
    {
        var clientId = section["clientId"] is { Length: > 0 } id ? id : null;
        return section["credential"]?.ToLowerInvariant() switch
        {
            // Nothing else is tried: the default credential's search costs seconds at a cold start, and hides why the identity was
            // refused.
            "managedidentity" => new ManagedIdentityCredential(Identity(clientId, section["managedIdentityResourceId"])),
            "workloadidentity" => new WorkloadIdentityCredential(Workload(clientId, section["tenantId"])),
            null or "" => new DefaultAzureCredential(
                new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId, ExcludeInteractiveBrowserCredential = true }),
            var other => throw new InvalidOperationException(
                $"{section.Path}__credential is '{other}' and must be managedidentity or workloadidentity, or be left out."),
        };
    }

    private static ManagedIdentityId Identity(string? clientId, string? resourceId) => (clientId, resourceId) switch
    {
        ({ } id, _) => ManagedIdentityId.FromUserAssignedClientId(id),
        (null, { Length: > 0 } id) => ManagedIdentityId.FromUserAssignedResourceId(new ResourceIdentifier(id)),
        _ => ManagedIdentityId.SystemAssigned,
    };

    // Settings that are missing come from the variables that the cluster's webhook sets in the pod.
    private static WorkloadIdentityCredentialOptions Workload(string? clientId, string? tenantId)
    {
        var options = new WorkloadIdentityCredentialOptions();
        options.ClientId = clientId ?? options.ClientId;
        options.TenantId = tenantId is { Length: > 0 } ? tenantId : options.TenantId;
        return options;
    }
}
