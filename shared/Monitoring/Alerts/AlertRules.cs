using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>
/// Makes, changes and removes rules, and knows those in force. A change takes effect at once on the host that made it, on others within
/// half a minute.
/// </summary>
public sealed class AlertRules(AlertStore store, TimeProvider time)
{
    /// <summary>The most rules there may be: every export that ends is held against all of them.</summary>
    public const int MaxRules = 100;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly SharedResult<IReadOnlyList<AlertRule>> _inForce = new(time, MaxAge, async () =>
        [.. (await store.ListRulesAsync(CancellationToken.None)).Where(rule => rule.Enabled)]);

    /// <summary>Makes a rule.</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the call; the rule may be there all the same.</param>
    /// <returns>The rule; null when there are as many as may be.</returns>
    public async Task<AlertRule?> CreateAsync(AlertRuleRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rule = RuleOf(request, Guid.CreateVersion7(now), now.UtcDateTime, now.UtcDateTime);
        var stored = await store.TryAddRuleAsync(rule, MaxRules, cancellationToken);
        _inForce.Invalidate();
        return stored;
    }

    /// <summary>Changes a rule wholly.</summary>
    /// <param name="rule">The rule, as its owner saw it.</param>
    /// <param name="request">What it is to be.</param>
    /// <returns>The rule; null when another change came first or it is gone.</returns>
    public async Task<AlertRule?> ReplaceAsync(AlertRule rule, AlertRuleRequest request, CancellationToken cancellationToken)
    {
        var next = RuleOf(request, rule.Id, rule.CreatedAt, time.GetUtcNow().UtcDateTime) with { ETag = rule.ETag };
        var replaced = await store.TryUpdateRuleAsync(next, cancellationToken);
        _inForce.Invalidate();
        return replaced;
    }

    /// <summary>Removes a rule; its alerts stay.</summary>
    /// <param name="rule">The rule, as its owner saw it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when another change came first or it is gone.</returns>
    public async Task<bool> DeleteAsync(AlertRule rule, CancellationToken cancellationToken)
    {
        var isDeleted = await store.TryDeleteRuleAsync(rule, cancellationToken);
        _inForce.Invalidate();
        return isDeleted;
    }

    /// <summary>The rules in force.</summary>
    internal Task<IReadOnlyList<AlertRule>> InForceAsync(CancellationToken cancellationToken) => _inForce.GetAsync(cancellationToken);

    private static AlertRule RuleOf(AlertRuleRequest request, Guid id, DateTime createdAt, DateTime updatedAt) => new()
    {
        Id = id,
        Name = request.Name,
        Metric = request.Metric,
        Threshold = request.Threshold,
        Dataset = request.Dataset,
        Format = request.Format,
        Last = request.Last,
        QuietPeriod = request.QuietPeriod,
        Enabled = request.Enabled,
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };
}
