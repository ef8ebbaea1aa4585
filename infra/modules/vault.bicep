// Secrets: connection strings of the sources. The app's settings refer to them and never hold them.

@description('The region.')
param location string

@description('The vault\'s name, 3 to 24 letters, digits and hyphens.')
@minLength(3)
@maxLength(24)
param name string

@description('Tags of every resource.')
param tags object

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    // Roles decide, not the vault's own policies.
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
  }
}

@description('The vault\'s name.')
output name string = vault.name

@description('The vault\'s address, with a slash at its end.')
output uri string = vault.properties.vaultUri
