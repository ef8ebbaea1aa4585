namespace ExportFunctions.Storage;

/// <summary>The names of the app's containers, queues and tables in its storage account.</summary>
public static class StorageNames
{
    /// <summary>The private container of finished files.</summary>
    public const string FilesContainer = "exports";

    /// <summary>The queue of export requests.</summary>
    public const string ExportQueue = "exports";

    /// <summary>The host's queue for poison messages.</summary>
    public const string ExportPoisonQueue = "exports-poison";

    /// <summary>The queue of slices of large exports.</summary>
    public const string SliceQueue = "export-slices";

    /// <summary>The host's queue for poison messages of slices.</summary>
    public const string SlicePoisonQueue = "export-slices-poison";

    /// <summary>The table of slices of large exports.</summary>
    public const string SlicesTable = "exportslices";

    /// <summary>The table of jobs.</summary>
    public const string JobsTable = "exportjobs";

    /// <summary>The table that lists the jobs that are not final.</summary>
    public const string ActiveTable = "exportactive";

    /// <summary>The table of idempotency keys.</summary>
    public const string IdempotencyTable = "exportkeys";

    /// <summary>The table of schedules and their due times.</summary>
    public const string SchedulesTable = "exportschedules";

    /// <summary>The table of schedule runs.</summary>
    public const string ScheduleRunsTable = "exportscheduleruns";

    /// <summary>The private container of archives, which hold old files.</summary>
    public const string ArchiveContainer = "exports-archive";

    /// <summary>The queue of maintenance work.</summary>
    public const string MaintenanceQueue = "maintenance";

    /// <summary>The host's queue for poison messages of maintenance work.</summary>
    public const string MaintenancePoisonQueue = "maintenance-poison";

    /// <summary>The queue of notifications.</summary>
    public const string NotificationQueue = "export-notifications";

    /// <summary>The host's queue for poison messages of notifications.</summary>
    public const string NotificationPoisonQueue = "export-notifications-poison";

    /// <summary>The queue of webhook notifications, separate so that a slow receiver does not hold up mails.</summary>
    public const string WebhookQueue = "export-webhooks";

    /// <summary>The host's queue for poison messages of webhook notifications.</summary>
    public const string WebhookPoisonQueue = "export-webhooks-poison";

    /// <summary>The table of deliveries: notifications and their results.</summary>
    public const string DeliveriesTable = "exportdeliveries";

    /// <summary>The table of webhooks.</summary>
    public const string WebhooksTable = "exportwebhooks";

    /// <summary>The table of subscriptions to events, and of the progress of weekly reports.</summary>
    public const string SubscriptionsTable = "exportsubscriptions";

    /// <summary>The table of pending notices that a file is about to expire.</summary>
    public const string ExpiriesTable = "exportexpiries";

    /// <summary>The table of maintenance runs.</summary>
    public const string MaintenanceTable = "exportmaintenance";

    /// <summary>The private container of attempt records, and of the summaries made from them.</summary>
    public const string MetricsContainer = "export-metrics";

    /// <summary>The private container of filters that are too large for the records of their requests.</summary>
    public const string FiltersContainer = "export-filters";

    /// <summary>The table of alert rules and of the alerts they raised.</summary>
    public const string AlertsTable = "exportalerts";

    /// <summary>The table of the hosts that take work from the queues, and of the datasets they serve.</summary>
    public const string HostsTable = "exporthosts";

    /// <summary>The table of files that may still appear although no export refers to them any more.</summary>
    public const string LateFilesTable = "exportlatefiles";

    /// <summary>The table of poison messages.</summary>
    public const string PoisonTable = "exportpoison";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        FilesContainer,
        ArchiveContainer,
        MetricsContainer,
        FiltersContainer,
    ];

    /// <summary>All queues, including those for poison messages.</summary>
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
