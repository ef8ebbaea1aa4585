// The function app: Flex Consumption, .NET 10 isolated, signed in everywhere as its identity.

@description('The region.')
param location string

@description('The app\'s name, part of its address.')
param name string

@description('The resource id of the app\'s identity.')
param identityId string

@description('The client id of the app\'s identity.')
param identityClientId string

@description('The storage account.')
param accountName string

@description('The container with the app\'s package.')
param packageUrl string

@description('Where telemetry goes.')
param insightsConnectionString string

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('The most instances of one function, or of the HTTP functions together.')
param maximumInstanceCount int

@description('Instances kept warm for HTTP.')
param alwaysReadyHttp int

@description('Instances kept warm for exports.')
param alwaysReadyExports int

@description('Instances kept warm for slices of large exports.')
param alwaysReadySlices int

@description('Requests an instance takes at a time.')
param httpConcurrency int

@description('Whether the plan\'s instances are spread over zones.')
param zoneRedundant bool

@description('Origins of web pages that may call the app.')
param allowedOrigins string[]

@description('The app\'s settings beyond those of its platform.')
param settings object

@description('Tags of every resource.')
param tags object

// HTTP functions scale as one group; every queue and timer function scales for itself. Over zones the platform keeps two instances of each
// group ready, whatever is asked for here, and charges for them: said here for the groups that callers wait for.
var leastReady = zoneRedundant ? 2 : 0
var readyHttp = max(alwaysReadyHttp, leastReady)
var readyExports = max(alwaysReadyExports, leastReady)
var readySlices = max(alwaysReadySlices, leastReady)
var alwaysReady = concat(
  readyHttp > 0 ? [{ name: 'http', instanceCount: readyHttp }] : [],
  readyExports > 0 ? [{ name: 'function:ProcessExport', instanceCount: readyExports }] : [],
  readySlices > 0 ? [{ name: 'function:ProcessSlice', instanceCount: readySlices }] : []
)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app by the name that azure.yaml gives the service.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2', cors: { allowedOrigins: allowedOrigins, supportCredentials: false } }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, {
      AzureWebJobsStorage__accountName: accountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    })
  }

  // Deployments sign in with Entra ID; user names and passwords for them are off.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('The app\'s name.')
output name string = app.name

@description('The app\'s address.')
output url string = 'https://${app.properties.defaultHostName}'
