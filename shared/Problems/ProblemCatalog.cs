namespace ExportFunctions.Problems;

/// <summary>Every problem the API answers with. None carries the text of an exception.</summary>
public static class ProblemCatalog
{
    private const string Urn = "urn:exportfunctions:problem:";

    /// <summary>400: fields of the request are wrong.</summary>
    /// <param name="errors">What is wrong with each.</param>
    public static Problem InvalidRequest(FieldErrors errors) =>
        new(
            Urn + "invalid-request",
            "The request is not valid",
            400,
            "Correct the fields under errors and send the request again.",
            errors.ByField);

    /// <summary>400: the body is not JSON.</summary>
    /// <param name="detail">Where the JSON becomes invalid.</param>
    public static Problem MalformedJson(string detail) => new(Urn + "malformed-json", "The body is not valid JSON", 400, detail);

    /// <summary>413: the body is too large.</summary>
    /// <param name="maxBytes">The maximum size.</param>
    public static Problem BodyTooLarge(int maxBytes) =>
        new(Urn + "body-too-large", "The body is too large", 413, $"A request may have at most {maxBytes} bytes. Shorten its filter.");

    /// <summary>422: an idempotency key was used for another request.</summary>
    public static Problem IdempotencyKeyReused() =>
        new(
            Urn + "idempotency-key-reused",
            "The Idempotency-Key belongs to another request",
            422,
            "Use a new key for a new request, or repeat the first request unchanged.");

    /// <summary>404: no such export.</summary>
    public static Problem ExportNotFound() =>
        new(Urn + "export-not-found", "There is no such export", 404, "Check the id; the export may have been deleted.");

    /// <summary>404: no such dataset.</summary>
    /// <param name="known">The known names.</param>
    public static Problem DatasetNotFound(IEnumerable<string> known) =>
        new(Urn + "dataset-not-found", "There is no such dataset", 404, $"The datasets are {string.Join(", ", known)}.");

    /// <summary>409: the file does not exist yet, or never will.</summary>
    /// <param name="status">The job's state.</param>
    public static Problem FileNotReady(string status) =>
        new(Urn + "file-not-ready", "The export has no file", 409, $"The export is {status}. Only a succeeded export has a file.");

    /// <summary>410: the file has expired.</summary>
    /// <param name="entry">The archive entry that holds it; null when no archive does.</param>
    /// <param name="archive">The archive's blob.</param>
    /// <param name="container">The container of archives.</param>
    public static Problem FileExpired(string? entry, string? archive, string container) => new(
        Urn + "file-expired",
        "The file is no longer kept",
        410,
        entry is null
            ? "Ask for the export again."
            : $"It is kept as \"{entry}\" in the archive \"{archive}\" of the container {container}. "
                + "POST to the export's restore to have it back, or ask for the export again.");

    /// <summary>409: the file isn't archived.</summary>
    /// <param name="status">The job's state.</param>
    public static Problem FileNotArchived(string status) =>
        new(
            Urn + "file-not-archived",
            "The file is not archived",
            409,
            $"The export is {status}, and no archive holds its file. Only the archived file of an expired export can be restored.");

    /// <summary>404: no such delivery.</summary>
    public static Problem DeliveryNotFound() =>
        new(
            Urn + "delivery-not-found",
            "There is no such delivery",
            404,
            "Check the id; records of old deliveries are removed after a quarter, or as Notifications:DeliveryDays says.");

    /// <summary>404: no such webhook.</summary>
    public static Problem WebhookNotFound() =>
        new(Urn + "webhook-not-found", "There is no such webhook", 404, "Check the id; the webhook may have been deleted.");

    /// <summary>409: there is no key to encrypt secrets with.</summary>
    public static Problem WebhooksNotSetUp() => new(
        Urn + "webhooks-not-set-up",
        "Webhooks are not set up",
        409,
        "Set WEBHOOK_SECRETS_KEY, which their secrets are stored under, to what \"openssl rand -base64 32\" gives, and start the app"
            + " again.");

    /// <summary>409: there are too many webhooks.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManyWebhooks(int max) =>
        new(Urn + "too-many-webhooks", "There are too many webhooks", 409, $"There may be {max}. Delete one that is not used any more.");

    /// <summary>409: there are too many alert rules.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManyAlertRules(int max) => new(
        Urn + "too-many-alert-rules",
        "There are too many alert rules",
        409,
        $"There may be {max}. Delete one that is not needed any more, or leave out dataset and format of one so that it covers others.");

    /// <summary>409: there are too many schedules.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManySchedules(int max) => new(
        Urn + "too-many-schedules",
        "There are too many schedules",
        409,
        $"There may be {max}, paused ones included. Delete one that is not needed any more, or raise Schedules:MaxSchedules.");

    /// <summary>409: the maximum number of subscriptions, or of addresses in them, is reached.</summary>
    /// <param name="max">The maximum number of subscriptions.</param>
    /// <param name="maxAddresses">The maximum number of addresses in all of them.</param>
    public static Problem TooManySubscriptions(int max, int maxAddresses) => new(
        Urn + "too-many-subscriptions", "There are too many subscriptions", 409,
        $"There may be {max} with {maxAddresses} different addresses together. Delete one, or subscribe an address that passes mails "
            + "on to many.");

    /// <summary>409: a webhook already signs with the maximum number of old secrets.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManyWebhookSecrets(int max) =>
        new(
            Urn + "too-many-webhook-secrets",
            "Too many old secrets of the webhook are in force",
            409,
            $"{max} old secrets sign beside the present one. Rotate again once the first of them has ended.");

    /// <summary>409: the webhook's kind has no secret.</summary>
    public static Problem WebhookHasNoSecret() =>
        new(
            Urn + "webhook-has-no-secret",
            "The webhook has no secret",
            409,
            "Messages to Slack and Teams are not signed: their address is the secret. To change it, make a new one there and replace the"
                + " webhook's url.");

    /// <summary>404: no such maintenance run.</summary>
    public static Problem MaintenanceRunNotFound() =>
        new(
            Urn + "maintenance-run-not-found",
            "There is no such maintenance run",
            404,
            "Check the id; records of old runs are removed after a year, or as Maintenance:RunDays says.");

    /// <summary>429: the caller has the maximum number of exports waiting and running.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManyExports(int max) => new(
        Urn + "too-many-exports",
        "Too many exports are waiting",
        429,
        $"A caller may have {max} exports waiting and running. Wait until some have ended, or cancel those that are not needed.");

    /// <summary>429: the waiting mails take more than an hour to send.</summary>
    /// <param name="maxPerHour">The number of mails sent per hour.</param>
    public static Problem TooManyMails(int maxPerHour) => new(
        Urn + "too-many-mails",
        "Too many mails are waiting",
        429,
        $"{maxPerHour} mails go out in an hour, and more are waiting. Ask again later, or now without notify.");

    /// <summary>429: the host serves the maximum number of event streams.</summary>
    /// <param name="max">The maximum number.</param>
    public static Problem TooManyEventStreams(int max) => new(
        Urn + "too-many-event-streams",
        "Too many event streams are open",
        429,
        $"This host serves {max} event streams at a time. Close those that are not needed, or get the export now and then instead.");

    /// <summary>409: the export ended before it could be canceled.</summary>
    /// <param name="status">The job's state.</param>
    public static Problem AlreadyFinal(string status) =>
        new(Urn + "export-already-final", "The export has ended already", 409, $"The export is {status} and can't be canceled.");

    /// <summary>409: the export has not ended, so it can't be repeated yet.</summary>
    /// <param name="status">The job's state.</param>
    public static Problem NotFinal(string status) =>
        new(Urn + "export-not-final", "The export has not ended", 409, $"The export is {status}. Wait for it, or cancel it first.");

    /// <summary>409: an export's request can no longer be run.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    public static Problem RetryNotPossible(string reason) =>
        new(Urn + "retry-not-possible", "The export can't be made any more", 409, reason);

    /// <summary>404: no such alert.</summary>
    public static Problem AlertNotFound() => new(
        Urn + "alert-not-found",
        "There is no such alert",
        404,
        "Check the id; the alert may have been removed with the records of its time.");

    /// <summary>404: no such poison message.</summary>
    public static Problem PoisonNotFound() =>
        new(
            Urn + "poison-not-found",
            "There is no such poison message",
            404,
            "Check the id; the message may have been sent again or dropped, and is kept for a quarter.");

    /// <summary>409: the poison message can't be requeued.</summary>
    public static Problem PoisonUnreadable() =>
        new(
            Urn + "poison-unreadable",
            "The message can't be sent again",
            409,
            "It is not in the form that the app's messages have, and would end here again. Drop it.");

    /// <summary>404: no such alert rule.</summary>
    public static Problem AlertRuleNotFound() =>
        new(Urn + "alert-rule-not-found", "There is no such alert rule", 404, "Check the id; the rule may have been deleted.");

    /// <summary>404: no such subscription.</summary>
    public static Problem SubscriptionNotFound() =>
        new(Urn + "subscription-not-found", "There is no such subscription", 404, "Check the id; the subscription may have been deleted.");

    /// <summary>404: no such schedule.</summary>
    public static Problem ScheduleNotFound() =>
        new(Urn + "schedule-not-found", "There is no such schedule", 404, "Check the id; the schedule may have been deleted.");

    /// <summary>428: a precondition is required, so that a change does not overwrite someone else's.</summary>
    public static Problem PreconditionRequired() =>
        new(
            Urn + "precondition-required",
            "The If-Match header is missing",
            428,
            "Get the record, and send its ETag as If-Match, so that nobody's change is overwritten unseen.");

    /// <summary>412: the record has changed since the caller read it.</summary>
    public static Problem PreconditionFailed() =>
        new(
            Urn + "precondition-failed",
            "The record has changed",
            412,
            "Get it again, and repeat the request with its present ETag as If-Match.");

    /// <summary>409: a run of the schedule has not ended.</summary>
    public static Problem RunStillOpen() =>
        new(
            Urn + "run-still-open",
            "A run of the schedule has not ended",
            409,
            "Wait for it or cancel its export, or set allowOverlap on the schedule.");

    /// <summary>409: a schedule's export can no longer be made.</summary>
    /// <param name="reason">Why, as recorded in the history.</param>
    public static Problem RunNotPossible(string reason) =>
        new(Urn + "run-not-possible", "The schedule's export can't be made any more", 409, reason);

    /// <summary>409: the due times of a schedule can't be determined.</summary>
    /// <param name="timeZone">Its time zone.</param>
    public static Problem ZoneNotKnown(string timeZone) => new(
        Urn + "zone-not-known",
        "The schedule's time zone is not known any more",
        409,
        $"This host's time zone data has no {timeZone}. Replace the schedule by one with a timeZone that is known, such as "
            + "\"Europe/Athens\" or \"UTC\", and resume it.");

    /// <summary>404: unknown path.</summary>
    public static Problem PathNotFound() =>
        new(Urn + "path-not-found", "There is no such path", 404, "Check the path; GET /api/openapi.json describes all there are.");

    /// <summary>405: the path requires another method.</summary>
    /// <param name="allowed">The allowed methods.</param>
    public static Problem MethodNotAllowed(string allowed) =>
        new(Urn + "method-not-allowed", "The path doesn't take this method", 405, $"It takes {allowed}.");

    /// <summary>400, 408 or 413: the body could not be received.</summary>
    /// <param name="status">The status from the server.</param>
    public static Problem BadBody(int status) =>
        new(
            Urn + "bad-body",
            "The body could not be read",
            status,
            "Send the whole body, with a right Content-Length or right chunk sizes.");

    /// <summary>415: the body is not of the accepted type.</summary>
    public static Problem UnsupportedMediaType() => new(
        Urn + "unsupported-media-type",
        "The body must be application/json",
        415,
        "Send JSON in UTF-8 with the header Content-Type: application/json. Forms, text and other types of JSON are not taken.");

    /// <summary>415: the body is compressed.</summary>
    public static Problem UnsupportedEncoding() => new(
        Urn + "unsupported-encoding",
        "The body must not be encoded",
        415,
        "Send the JSON as it is, without compression and without Content-Encoding.");

    /// <summary>421: the API requires no key, and the request is for a host name that isn't the app's.</summary>
    /// <param name="host">The host name.</param>
    public static Problem ForeignHost(string host) => new(
        Urn + "foreign-host",
        "The app doesn't go by this name",
        421,
        "Without a key, requests to names that are not the app's are refused, as other sites could send them. Call it by localhost or "
            + $"an IP address, allow the name ({Short(host)}) with the setting Http__AllowedHosts__0 or PUBLIC_URL, or ask for a key "
            + "with FUNCTIONS_KEY.");

    /// <summary>403: the API requires no key, and a page of another site sent the request.</summary>
    /// <param name="origin">The page's origin; null when unknown.</param>
    public static Problem ForeignOrigin(string? origin) => new(
        Urn + "foreign-origin",
        "The request comes from another site",
        403,
        $"Without a key, requests from pages of other sites{(origin is null ? "" : $" ({Short(origin)})")} are refused. Allow the "
            + "page's origin with the setting Http__AllowedOrigins__0, or ask for a key with FUNCTIONS_KEY.");

    /// <summary>503: the storage account did not answer.</summary>
    public static Problem StorageUnavailable() =>
        new(
            Urn + "storage-unavailable",
            "Storage can't be reached",
            503,
            "Try again in a few seconds; send an Idempotency-Key so that a retry creates no second export.");

    /// <summary>409: a stored record is unreadable for this app.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="reason">Why, in a sentence without values.</param>
    public static Problem RecordUnreadable(string id, string reason) => new(
        Urn + "record-unreadable",
        "A stored record can't be read",
        409,
        $"The record {id} is there, but of a later version of the app or changed by hand. {reason} "
        + "Mend it in its table, or delete it by this API.");

    /// <summary>500: an internal error.</summary>
    public static Problem Internal() =>
        new(Urn + "internal", "Something went wrong", 500, "The fault is in the log. Try again, and report it if it stays.");

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
