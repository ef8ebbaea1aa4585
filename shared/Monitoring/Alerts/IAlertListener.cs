namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Receives alerts. After a crash it may receive one again, under the same id: every call must be safe to repeat.</summary>
public interface IAlertListener
{
    /// <summary>Receives a stored alert. If it throws, the alert is sent again later.</summary>
    /// <param name="alert">The alert.</param>
    Task OnRaisedAsync(Alert alert, CancellationToken cancellationToken);
}
