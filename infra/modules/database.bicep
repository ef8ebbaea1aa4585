// A PostgreSQL server to export from, for those who have none. The app signs in as a role that may only read; docs/deployment.md has its SQL.

@description('The region.')
param location string

@description('The server\'s name.')
param name string

@description('The compute size.')
param skuName string

@description('The class of the compute size.')
param skuTier string

@description('The disk in GB.')
param storageGb int

@description('Whether a second server stands by in another zone.')
param highAvailability bool

@description('The administrator\'s name.')
param administrator string

@description('The administrator\'s password.')
@secure()
param administratorPassword string

@description('The password of the role exports_reader.')
@secure()
param readerPassword string

@description('The vault that gets the app\'s connection string.')
param vaultName string

@description('The name of the secret with it.')
param secretName string

@description('Tags of every resource.')
param tags object

var databaseName = 'school'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: skuName, tier: skuTier }
  properties: {
    version: '17'
    administratorLogin: administrator
    administratorLoginPassword: administratorPassword
    storage: { storageSizeGB: storageGb, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: highAvailability ? 'ZoneRedundant' : 'Disabled' }
    network: { publicNetworkAccess: 'Enabled' }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: databaseName
}

// 0.0.0.0 stands for Azure's own addresses. TLS and the password protect the server beyond that.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = {
  parent: server
  name: 'azure-services'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource connection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: secretName
  properties: {
    contentType: 'PostgreSQL connection string'
    value: 'Host=${server.properties.fullyQualifiedDomainName};Database=${databaseName};Username=exports_reader;Password=${readerPassword};SSL Mode=VerifyFull'
  }
}

@description('The server\'s address.')
output host string = server.properties.fullyQualifiedDomainName
