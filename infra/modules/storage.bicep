// The storage account as the app needs it. The app creates what is missing by itself; declared here, containers, queues and tables exist
// before the first start and their settings are kept.
import { archiveContainer, filesContainer, largeFiltersContainer, metricsContainer, packageContainer, queues, tables } from 'names.bicep'

@description('The region.')
param location string

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('The redundancy.')
param sku string

@description('Days in which a deleted file or container can be brought back.')
param softDeleteDays int

@description('Origins of web pages that may fetch files by their links.')
param allowedOrigins string[]

@description('Tags of every resource.')
param tags object

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    // Nobody can sign in, or sign a link, with the account's key.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Callers fetch files by links from wherever they are; what protects them is the signature.
    publicNetworkAccess: 'Enabled'
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    // A page may read a file that it has a link to, in ranges too, and learn its name, size and version.
    cors: {
      corsRules: empty(allowedOrigins)
        ? []
        : [
            {
              allowedOrigins: allowedOrigins
              allowedMethods: ['GET', 'HEAD']
              allowedHeaders: ['range', 'if-match', 'if-none-match', 'x-ms-*']
              exposedHeaders: ['accept-ranges', 'content-disposition', 'content-length', 'content-range', 'content-type', 'etag']
              maxAgeInSeconds: 3600
            }
          ]
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in [filesContainer, archiveContainer, metricsContainer, largeFiltersContainer, packageContainer]: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource queueResources 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource tableResources 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

@description('The account\'s name.')
output name string = account.name

@description('Where the app\'s package lies.')
output packageUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
