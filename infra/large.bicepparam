// A university: ten thousand exports a day, its own database elsewhere, warm instances in every zone, a second region's copy of every file.
// What that costs is in docs/deployment.md; nearly half goes to the instances that zoneRedundant keeps ready.
using 'main.bicep'

param name = 'exports'
param storageSku = 'Standard_GZRS'
param softDeleteDays = 14
param retentionDays = 90
param coolAfterDays = 30
param archiveTierAfterDays = 90
param deleteArchivesAfterDays = 2555
param instanceMemoryMB = 4096
param maximumInstanceCount = 100
param alwaysReadyHttp = 2
param alwaysReadyExports = 2
param httpConcurrency = 64
param zoneRedundant = true
param allowedOrigins = ['https://portal.example.org']
param datasetsFile = 'datasets.json'
param vaultReferences = { REGISTRY_DB: 'registry-db' }
param logRetentionDays = 90
param logDailyQuotaGb = 10
param failurePercent = 5
param alertEmails = ['operations@example.org']
