namespace ExportFunctions.Storage;

/// <summary>The names of what the app keeps in its storage account.</summary>
public static class StorageNames
{
    /// <summary>The private container of finished files.</summary>
    public const string FilesContainer = "exports";

    /// <summary>The queue of export requests.</summary>
    public const string ExportQueue = "exports";

    /// <summary>Where the host puts messages that failed too often.</summary>
    public const string ExportPoisonQueue = "exports-poison";

    /// <summary>The queue of slices of large exports.</summary>
    public const string SliceQueue = "export-slices";

    /// <summary>Where the host puts its messages that failed too often.</summary>
    public const string SlicePoisonQueue = "export-slices-poison";

    /// <summary>The table of slices of large exports.</summary>
    public const string SlicesTable = "exportslices";

    /// <summary>The table of jobs.</summary>
    public const string JobsTable = "exportjobs";

    /// <summary>The table that lists the jobs that are not final.</summary>
    public const string ActiveTable = "exportactive";

    /// <summary>The table of idempotency keys.</summary>
    public const string IdempotencyTable = "exportkeys";

    /// <summary>The table of schedules, and of the instants at which they are due.</summary>
    public const string SchedulesTable = "exportschedules";

    /// <summary>The table of schedules' histories.</summary>
    public const string ScheduleRunsTable = "exportscheduleruns";

    /// <summary>The private container of archives: old files, packed.</summary>
    public const string ArchiveContainer = "exports-archive";

    /// <summary>The queue of maintenance work.</summary>
    public const string MaintenanceQueue = "maintenance";

    /// <summary>Where the host puts its messages that failed too often.</summary>
    public const string MaintenancePoisonQueue = "maintenance-poison";

    /// <summary>The queue of notifications.</summary>
    public const string NotificationQueue = "export-notifications";

    /// <summary>Where the host puts its messages that failed too often.</summary>
    public const string NotificationPoisonQueue = "export-notifications-poison";

    /// <summary>The queue of notifications to webhooks: a slow receiver takes no place of a mail.</summary>
    public const string WebhookQueue = "export-webhooks";

    /// <summary>Where the host puts its messages that failed too often.</summary>
    public const string WebhookPoisonQueue = "export-webhooks-poison";

    /// <summary>The table of notifications and what came of them.</summary>
    public const string DeliveriesTable = "exportdeliveries";

    /// <summary>The table of webhooks.</summary>
    public const string WebhooksTable = "exportwebhooks";

    /// <summary>The table of subscriptions to events, and of how far weekly reports are.</summary>
    public const string SubscriptionsTable = "exportsubscriptions";

    /// <summary>The table of when people are to be told that a file is about to expire.</summary>
    public const string ExpiriesTable = "exportexpiries";

    /// <summary>The table of maintenance runs.</summary>
    public const string MaintenanceTable = "exportmaintenance";

    /// <summary>The private container of the records of attempts, and of the summaries made from them.</summary>
    public const string MetricsContainer = "export-metrics";

    /// <summary>The private container of filters that are too large for the records of their requests.</summary>
    public const string FiltersContainer = "export-filters";

    /// <summary>The table of alert rules and of the alerts they raised.</summary>
    public const string AlertsTable = "exportalerts";

    /// <summary>The table of the hosts that take work from the queues, and of what they serve.</summary>
    public const string HostsTable = "exporthosts";

    /// <summary>The table of files that may appear although no export shows them any more.</summary>
    public const string LateFilesTable = "exportlatefiles";

    /// <summary>The table of messages that nothing could be done with.</summary>
    public const string PoisonTable = "exportpoison";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        FilesContainer,
        ArchiveContainer,
        MetricsContainer,
        FiltersContainer,
    ];

    /// <summary>All queues, those of poison messages included.</summary>
    public static IReadOnlyList<string> Queues { get; } =
    [
        ExportQueue,
        ExportPoisonQueue,
        SliceQueue,
        SlicePoisonQueue,
        MaintenanceQueue,
        MaintenancePoisonQueue,
        NotificationQueue,
        NotificationPoisonQueue,
        WebhookQueue,
        WebhookPoisonQueue,
    ];

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        SlicesTable,
        JobsTable,
        ActiveTable,
        IdempotencyTable,
        SchedulesTable,
        ScheduleRunsTable,
        DeliveriesTable,
        WebhooksTable,
        SubscriptionsTable,
        ExpiriesTable,
        MaintenanceTable,
        AlertsTable,
        HostsTable,
        LateFilesTable,
        PoisonTable,
    ];
}
