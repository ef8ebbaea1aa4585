// A department: some hundred exports a day, a database of its own on the smallest server. About 30 dollars a month; docs/deployment.md has the sum.
using 'main.bicep'

param name = 'exports'
param storageSku = 'Standard_LRS'
param retentionDays = 30
param archiveTierAfterDays = 30
param deleteArchivesAfterDays = 730
param instanceMemoryMB = 2048
param maximumInstanceCount = 40
param postgres = true
param postgresAdministratorPassword = readEnvironmentVariable('POSTGRES_ADMIN_PASSWORD', '')
param postgresReaderPassword = readEnvironmentVariable('POSTGRES_READER_PASSWORD', '')
