// What the storage service does with old files by itself. The app's cleanup owns the originals: it archives or deletes them at
// EXPORT_RETENTION_DAYS, and no rule here deletes one. The app never deletes an archive: these rules do.
import { archiveContainer, filesContainer } from 'names.bicep'

@description('The storage account.')
param accountName string

@description('Its redundancy.')
param storageSku string

@description('Days until the app\'s cleanup takes a file.')
param retentionDays int

@description('Days until a file goes to the cool tier.')
param coolAfterDays int

@description('Days until an archive goes to the archive tier.')
param archiveTierAfterDays int

@description('Days until an archive is deleted.')
param deleteArchivesAfterDays int

// The archive tier exists without zone redundancy only; cold is the lowest tier for the others.
var hasArchiveTier = !contains(storageSku, 'ZRS')

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: accountName
}

resource policy 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'exports-to-cool'
          type: 'Lifecycle'
          // The cool tier charges for 30 days at least: not worth it for files that cleanup takes sooner.
          enabled: retentionDays - coolAfterDays >= 30
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${filesContainer}/'] }
            actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: coolAfterDays } } }
          }
        }
        {
          name: 'archives-to-archive-tier'
          type: 'Lifecycle'
          enabled: hasArchiveTier
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${archiveContainer}/'] }
            actions: { baseBlob: { tierToArchive: { daysAfterModificationGreaterThan: archiveTierAfterDays } } }
          }
        }
        {
          name: 'archives-to-cold-tier'
          type: 'Lifecycle'
          enabled: !hasArchiveTier
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${archiveContainer}/'] }
            actions: { baseBlob: { tierToCold: { daysAfterModificationGreaterThan: archiveTierAfterDays } } }
          }
        }
        {
          name: 'archives-deleted'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${archiveContainer}/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: deleteArchivesAfterDays } } }
          }
        }
      ]
    }
  }
}
