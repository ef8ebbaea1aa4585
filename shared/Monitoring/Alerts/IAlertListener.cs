namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Hears of alerts. After a crash it may hear of one again, under the same id: every call must be safe to repeat.</summary>
public interface IAlertListener
{
    /// <summary>Takes an alert that is stored. What it throws has the alert told again later.</summary>
    /// <param name="alert">The alert.</param>
    Task OnRaisedAsync(Alert alert, CancellationToken cancellationToken);
}
