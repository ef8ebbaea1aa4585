namespace ExportFunctions.Outages;

/// <summary>What the app depends on and does not have in its hands.</summary>
public enum OutsidePart
{
    /// <summary>The storage account.</summary>
    Storage,

    /// <summary>A source of records; each for itself.</summary>
    Source,

    /// <summary>What mails are sent through.</summary>
    MailServer,

    /// <summary>What takes telemetry.</summary>
    Collector,

    /// <summary>What gives the app's identity its tokens.</summary>
    Identity,
}

/// <summary>The words for outside parts.</summary>
internal static class OutsideParts
{
    /// <summary>That a part is away, as the begin of a sentence.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">Where it is.</param>
    public static string Away(this OutsidePart part, string place) => part switch
    {
        OutsidePart.Storage => $"Storage can't be reached at {place}",
        OutsidePart.Source => $"The source '{place}' can't be reached",
        OutsidePart.MailServer => $"The mail server can't be reached at {place}",
        OutsidePart.Collector => $"Telemetry isn't delivered: the collector can't be reached at {place}",
        OutsidePart.Identity => "The app's identity can't be signed in",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>That a part is back, as the begin of a sentence.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">Where it is.</param>
    public static string Back(this OutsidePart part, string place) => part switch
    {
        OutsidePart.Storage => "Storage answers again",
        OutsidePart.Source => $"The source '{place}' answers again",
        OutsidePart.MailServer => "The mail server answers again",
        OutsidePart.Collector => "The telemetry collector takes telemetry again",
        OutsidePart.Identity => "The app's identity is signed in again",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
