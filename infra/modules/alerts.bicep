// Who is told what. Without e-mail addresses the alerts still fire, and show in the portal.

@description('The region.')
param location string

@description('Part of every name.')
param name string

@description('The Log Analytics workspace.')
param workspaceId string

@description('Whom to tell.')
param emails string[]

@description('The share of failed exports and requests, in percent, above which to tell.')
param failurePercent int

@description('Tags of every resource.')
param tags object

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'exports'
    enabled: true
    emailReceivers: [
      for (email, i) in emails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

var actions = { actionGroups: empty(emails) ? [] : [people.id] }

// The host says so when it moves a message; the number of messages in a queue is no metric of its own.
var poisonQuery = '''
AppTraces
| where Message has "Moving message to queue"
| extend Queue = extract("Moving message to queue '([^']+)'", 1, Message)
| where Queue endswith "-poison"
'''

// HTTP answers of 500 and above (a function that answers one has not thrown, so Success says nothing), runs of ProcessExport that threw, and
// exports that ended as failed, which does not throw. Runs that gave their export back because the host stops threw as well, and are no
// failures: the next host goes on. Timers are left out: they run so often that they would hide the rest.
var failureQuery = '''
let handedBack = AppTraces
| where Message has "handed back, the host is stopping"
| distinct OperationId;
let calls = AppRequests
| where isnotempty(Url) or OperationName == "ProcessExport"
| extend Failed = iff(isnotempty(Url), toint(ResultCode) >= 500, Success == false and OperationId !in (handedBack))
| summarize Calls = sum(ItemCount), Failed = sumif(ItemCount, Failed);
let ended = AppTraces
| where SeverityLevel >= 3 and (Message has "failed for good" or Message has "given up after")
| summarize Ended = sum(ItemCount);
calls
| extend Ended = coalesce(toscalar(ended), 0)
| where Calls >= 5
| extend FailurePercent = 100.0 * (Failed + Ended) / Calls
'''

resource poison 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'alert-${name}-poison'
  location: location
  tags: tags
  properties: {
    displayName: 'Messages in a poison queue'
    description: 'A message failed maxDequeueCount times. The app takes up exports from exports-poison by itself; find out why they failed.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    // A new workspace has no tables to hold the query against until the first telemetry comes.
    skipQueryValidation: true
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: poisonQuery
          timeAggregation: 'Count'
          dimensions: [{ name: 'Queue', operator: 'Include', values: ['*'] }]
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: actions
  }
}

resource failures 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'alert-${name}-failures'
  location: location
  tags: tags
  properties: {
    displayName: 'Too many failures'
    description: 'The share of failed exports and requests within 15 minutes is above ${failurePercent} percent.'
    severity: 2
    enabled: true
    scopes: [workspaceId]
    // A new workspace has no tables to hold the query against until the first telemetry comes.
    skipQueryValidation: true
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: failureQuery
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'FailurePercent'
          operator: 'GreaterThan'
          threshold: failurePercent
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: actions
  }
}
