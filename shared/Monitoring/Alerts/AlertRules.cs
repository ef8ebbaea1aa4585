using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>
/// Creates, changes and removes rules, and lists the enabled ones. A change takes effect at once on the host that made it, on others within
/// half a minute.
/// </summary>
public sealed class AlertRules(AlertStore store, TimeProvider time)
{
    /// <summary>The limit of rules: every export that ends is evaluated against all of them.</summary>
    public const int MaxRules = 100;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly SharedResult<IReadOnlyList<AlertRule>> _inForce = new(time, MaxAge, async () =>
        [.. (await store.ListRulesAsync(CancellationToken.None)).Where(rule => rule.Enabled)]);

    /// <summary>Creates a rule.</summary>
    /// <param name="request">The requested rule.</param>
    /// <param name="cancellationToken">Cancels the call; the rule may exist anyway.</param>
    /// <returns>The rule; null when the limit is reached.</returns>
    public async Task<AlertRule?> CreateAsync(AlertRuleRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rule = RuleOf(request, Guid.CreateVersion7(now), now.UtcDateTime, now.UtcDateTime);
        var stored = await store.TryAddRuleAsync(rule, MaxRules, cancellationToken);
        _inForce.Invalidate();
        return stored;
    }

    /// <summary>Replaces a rule.</summary>
    /// <param name="rule">The rule, as its owner saw it.</param>
    /// <param name="request">The requested rule.</param>
    /// <returns>The rule; null when another change came first or it no longer exists.</returns>
    public async Task<AlertRule?> ReplaceAsync(AlertRule rule, AlertRuleRequest request, CancellationToken cancellationToken)
    {
        var next = RuleOf(request, rule.Id, rule.CreatedAt, time.GetUtcNow().UtcDateTime) with { ETag = rule.ETag };
        var replaced = await store.TryUpdateRuleAsync(next, cancellationToken);
        _inForce.Invalidate();
        return replaced;
    }

    /// <summary>Removes a rule; its alerts are kept.</summary>
    /// <param name="rule">The rule, as its owner saw it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when another change came first or it no longer exists.</returns>
    public async Task<bool> DeleteAsync(AlertRule rule, CancellationToken cancellationToken)
    {
        var isDeleted = await store.TryDeleteRuleAsync(rule, cancellationToken);
        _inForce.Invalidate();
        return isDeleted;
    }

    /// <summary>The enabled rules.</summary>
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
