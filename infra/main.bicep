// The whole installation, in one resource group: az deployment group create --template-file infra/main.bicep --parameters infra/small.bicepparam

@description('The region.')
param location string = resourceGroup().location

@description('What the installation is called: 3 to 12 lower-case letters and digits. Part of every name.')
@minLength(3)
@maxLength(12)
param name string = 'exports'

@description('Tags of every resource.')
param tags object = { app: 'ExportFunctions' }

@description('The storage account\'s redundancy. zoneRedundant needs Standard_ZRS or Standard_GZRS. The archive tier exists without zone redundancy only (LRS, GRS); with it archives go to the cold tier.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Days in which a deleted file or container can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 7

@description('EXPORT_RETENTION_DAYS: days until the app\'s cleanup archives or deletes a file.')
@minValue(1)
@maxValue(3650)
param retentionDays int = 30

@description('Days until a file goes to the cool tier. Takes effect when it would stay there for 30 days, the least that the tier charges for.')
@minValue(1)
@maxValue(3650)
param coolAfterDays int = 30

@description('Days until an archive goes to the archive tier (or the cold tier, with zone redundancy). From then on it must be rehydrated to be read, up to 15 hours.')
@minValue(1)
@maxValue(3650)
param archiveTierAfterDays int = 30

@description('Days until an archive is deleted. Must be 180 or more above archiveTierAfterDays, the least that the archive tier charges for.')
@minValue(181)
@maxValue(36500)
param deleteArchivesAfterDays int = 730

@description('Memory of an instance in MB; 512 has a quarter of a core, 2048 one, 4096 two.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances of one function, or of the HTTP functions together.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept warm for HTTP: 1 or more avoids the cold start of the first request.')
@minValue(0)
@maxValue(100)
param alwaysReadyHttp int = 0

@description('Instances kept warm for exports: 1 or more avoids the cold start of the first export.')
@minValue(0)
@maxValue(100)
param alwaysReadyExports int = 0

@description('Instances kept warm for slices of large exports.')
@minValue(0)
@maxValue(100)
param alwaysReadySlices int = 0

@description('Requests an instance takes at a time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 32

@description('Whether instances are spread over the region\'s zones. Needs storageSku Standard_ZRS or Standard_GZRS, and keeps two instances of every scaling group always ready: infra/costs has what that costs.')
param zoneRedundant bool = false

@description('Origins of web pages that may call the app and fetch files, such as https://portal.example.org; one entry of * lets all in.')
param allowedOrigins string[] = []

@description('METRICS_RETENTION_DAYS: days the records of attempts are kept.')
@minValue(7)
@maxValue(3650)
param metricsRetentionDays int = 90

@description('EXPORTS_REQUEUE_SCHEDULE: when exports of dead workers and deliveries without a message are looked for, as six-field NCRONTAB. Every run is billed as a second at least.')
param requeueSchedule string = '30 * * * * *'

@description('SCHEDULES_SCHEDULE: when due schedules are started.')
param schedulesSchedule string = '0 * * * * *'

@description('METRICS_SCHEDULE: when the records of days that are over are summed up, in UTC.')
param metricsSchedule string = '0 10 0 * * *'

@description('EXPIRING_SCHEDULE: when files that are about to expire are looked for, in UTC.')
param expiringSchedule string = '0 20 * * * *'

@description('REPORT_SCHEDULE: when the report of a week is sent, in UTC.')
param reportSchedule string = '0 0 6 * * 1'

@description('CLEANUP_SCHEDULE: when old files are archived or deleted, in UTC.')
param cleanupSchedule string = '0 0 2 * * *'

@description('Exports__DatasetsFile: the datasets file, below the deployed app\'s folder. deploy.sh --datasets puts yours there as datasets.json.')
param datasetsFile string = 'samples/school-postgres.datasets.json'

@description('Settings that the datasets file refers to as %NAME%, and the names of what they hold in the Key Vault.')
param vaultReferences object = { SCHOOL_POSTGRES: 'school-postgres' }

@description('Further settings, as in docs/settings.md: { Exports__MaxAttempts: \'3\' }.')
param extraSettings object = {}

@description('Days that logs are kept; 31 are free.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('GB of logs a day after which the rest is dropped until the next day; -1 for no limit.')
@minValue(-1)
param logDailyQuotaGb int = 1

@description('Whom alerts are sent to.')
param alertEmails string[] = []

@description('The share of failed exports and requests, in percent, above which an alert fires.')
@minValue(1)
@maxValue(100)
param failurePercent int = 10

@description('Whether a PostgreSQL server is made. Without it the datasets file names your own.')
param postgres bool = false

@description('The server\'s compute size.')
param postgresSku string = 'Standard_B1ms'

@description('The class of the server\'s compute size.')
@allowed(['Burstable', 'GeneralPurpose', 'MemoryOptimized'])
param postgresTier string = 'Burstable'

@description('The server\'s disk in GB.')
@allowed([32, 64, 128, 256, 512, 1024, 2048])
param postgresStorageGb int = 32

@description('Whether a second server stands by in another zone; not with Burstable.')
param postgresHighAvailability bool = false

@description('The server administrator\'s name.')
param postgresAdministrator string = 'exports_admin'

@description('The server administrator\'s password; needed with postgres.')
@secure()
param postgresAdministratorPassword string = ''

@description('The password of the role exports_reader, which the app signs in as; needed with postgres.')
@secure()
param postgresReaderPassword string = ''

var suffix = take(uniqueString(resourceGroup().id, name), 8)
var fullName = '${name}-${suffix}'

// Known beforehand, so that what-if can look into every module.
var identityName = 'id-${fullName}'
var accountName = 'st${name}${suffix}'
var vaultName = 'kv${name}${suffix}'
var insightsName = 'appi-${fullName}'
var postgresSecret = 'school-postgres'

// Before the archive tier's least time an archive's deletion would be charged as if it had stayed.
var archivesDeletedAfterDays = deleteArchivesAfterDays >= archiveTierAfterDays + 180
  ? deleteArchivesAfterDays
  : fail('deleteArchivesAfterDays must be archiveTierAfterDays + 180 or more.')

// One zone's failure would take a storage account without zone redundancy along, and with it the app in every zone.
var spreadOverZones = zoneRedundant && !contains(storageSku, 'ZRS')
  ? fail('zoneRedundant needs storageSku Standard_ZRS or Standard_GZRS.')
  : zoneRedundant

var withPostgres = postgres && (empty(postgresAdministratorPassword) || empty(postgresReaderPassword))
  ? fail('postgres needs postgresAdministratorPassword and postgresReaderPassword.')
  : postgres

module identity 'modules/identity.bicep' = {
  params: { location: location, name: identityName, tags: tags }
}

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    name: accountName
    sku: storageSku
    softDeleteDays: softDeleteDays
    allowedOrigins: allowedOrigins
    tags: tags
  }
}

module lifecycle 'modules/lifecycle.bicep' = {
  params: {
    accountName: accountName
    storageSku: storageSku
    retentionDays: retentionDays
    coolAfterDays: coolAfterDays
    archiveTierAfterDays: archiveTierAfterDays
    deleteArchivesAfterDays: archivesDeletedAfterDays
  }
  dependsOn: [storage]
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    location: location
    workspaceName: 'log-${fullName}'
    insightsName: insightsName
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
    tags: tags
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    name: fullName
    workspaceId: monitoring.outputs.workspaceId
    emails: alertEmails
    failurePercent: failurePercent
    tags: tags
  }
}

module vault 'modules/vault.bicep' = {
  params: { location: location, name: vaultName, tags: tags }
}

module database 'modules/database.bicep' = if (withPostgres) {
  params: {
    location: location
    name: 'psql-${fullName}'
    skuName: postgresSku
    skuTier: postgresTier
    storageGb: postgresStorageGb
    highAvailability: postgresHighAvailability
    administrator: postgresAdministrator
    administratorPassword: postgresAdministratorPassword
    readerPassword: postgresReaderPassword
    vaultName: vaultName
    secretName: postgresSecret
    tags: tags
  }
  dependsOn: [vault]
}

module roles 'modules/roles.bicep' = {
  params: {
    identityName: identityName
    accountName: accountName
    vaultName: vaultName
    insightsName: insightsName
  }
  dependsOn: [identity, storage, vault, monitoring]
}

module app 'modules/app.bicep' = {
  params: {
    location: location
    name: 'func-${fullName}'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    accountName: accountName
    packageUrl: storage.outputs.packageUrl
    insightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyExports: alwaysReadyExports
    alwaysReadySlices: alwaysReadySlices
    httpConcurrency: httpConcurrency
    zoneRedundant: spreadOverZones
    allowedOrigins: allowedOrigins
    settings: union(
      {
        EXPORT_RETENTION_DAYS: string(retentionDays)
        METRICS_RETENTION_DAYS: string(metricsRetentionDays)
        EXPORTS_REQUEUE_SCHEDULE: requeueSchedule
        SCHEDULES_SCHEDULE: schedulesSchedule
        METRICS_SCHEDULE: metricsSchedule
        EXPIRING_SCHEDULE: expiringSchedule
        REPORT_SCHEDULE: reportSchedule
        CLEANUP_SCHEDULE: cleanupSchedule
        Exports__DatasetsFile: datasetsFile
      },
      toObject(
        items(vaultReferences),
        entry => entry.key,
        entry => '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/${entry.value})'
      ),
      extraSettings
    )
    tags: tags
  }
  // The app reads its package, its locks and its secrets when it first starts.
  dependsOn: [roles, database]
}

@description('The app\'s name.')
output appName string = app.outputs.name

@description('The app\'s address.')
output url string = app.outputs.url

@description('The storage account.')
output storageAccount string = storage.outputs.name

@description('The Key Vault that takes what vaultReferences names.')
output vaultName string = vault.outputs.name
