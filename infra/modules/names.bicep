// What the app calls things: the same as shared/Storage/StorageNames.cs, which a test compares.

@export()
@description('The container of finished files.')
var filesContainer = 'exports'

@export()
@description('The container of archives.')
var archiveContainer = 'exports-archive'

@export()
@description('The container of the records of attempts.')
var metricsContainer = 'export-metrics'

@export()
@description('The container of filters that are too large for their records.')
var largeFiltersContainer = 'export-filters'

@export()
@description('The container that the app is deployed to and starts from.')
var packageContainer = 'app-package'

@export()
@description('Every queue; what the host cannot get done ends in the one with -poison.')
var queues = ['exports', 'exports-poison', 'export-slices', 'export-slices-poison', 'maintenance', 'maintenance-poison', 'export-notifications', 'export-notifications-poison', 'export-webhooks', 'export-webhooks-poison']

@export()
@description('Every table.')
var tables = ['exportjobs', 'exportactive', 'exportkeys', 'exportschedules', 'exportscheduleruns', 'exportmaintenance', 'exportdeliveries', 'exportalerts', 'exportsubscriptions', 'exportexpiries', 'exportslices', 'exportwebhooks', 'exporthosts', 'exportlatefiles', 'exportpoison']
