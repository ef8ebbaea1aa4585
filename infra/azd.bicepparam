// What azd up makes: small.bicepparam's installation. "azd env set EXPORTS_NAME registry" and the like change it.
using 'main.bicep'

param name = readEnvironmentVariable('EXPORTS_NAME', 'exports')
param tags = { app: 'ExportFunctions', 'azd-env-name': readEnvironmentVariable('AZURE_ENV_NAME', '') }
param retentionDays = int(readEnvironmentVariable('EXPORTS_RETENTION_DAYS', '30'))
param postgres = true
param postgresAdministratorPassword = readEnvironmentVariable('POSTGRES_ADMIN_PASSWORD', '')
param postgresReaderPassword = readEnvironmentVariable('POSTGRES_READER_PASSWORD', '')
