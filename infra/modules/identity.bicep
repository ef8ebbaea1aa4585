// Who the app is. A user-assigned identity exists before the app, so that its roles are in force when the app first starts.

@description('The region.')
param location string

@description('The identity\'s name.')
param name string

@description('Tags of every resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('The resource id.')
output id string = identity.id

@description('The id that the app names itself by.')
output clientId string = identity.properties.clientId

@description('The id that roles are given to.')
output principalId string = identity.properties.principalId
