namespace ExportFunctions.Outages;

/// <summary>An external dependency of the app.</summary>
public enum OutsidePart
{
    /// <summary>The storage account.</summary>
    Storage,

    /// <summary>A source of records; each is tracked separately.</summary>
    Source,

    /// <summary>The mail service.</summary>
    MailServer,

    /// <summary>The telemetry backend.</summary>
    Collector,

    /// <summary>The token endpoint of the app's identity.</summary>
    Identity,
}

/// <summary>The wording for outside parts.</summary>
internal static class OutsideParts
{
    /// <summary>The start of a sentence that says a part is unavailable.</summary>
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

    /// <summary>The start of a sentence that says a part is back.</summary>
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
