namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Makes, changes and removes rules, and knows those in force. A change takes effect at once on the host that made it, on others within half a minute.</summary>
public sealed class AlertRules(IAlertStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private volatile Known? _known;

    /// <summary>Makes a rule.</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the call; the rule may be there all the same.</param>
    public async Task<AlertRule> CreateAsync(AlertRuleRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rule = RuleOf(request, Guid.CreateVersion7(now), now.UtcDateTime, now.UtcDateTime);
        await store.PutRuleAsync(rule, cancellationToken);
        _known = null;
        return rule;
    }

    /// <summary>Changes a rule wholly. Of changes at a time the last one stays.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rule; null when there is none.</returns>
    public async Task<AlertRule?> ReplaceAsync(Guid id, AlertRuleRequest request, CancellationToken cancellationToken)
    {
        if (await store.FindRuleAsync(id, cancellationToken) is not { } rule)
            return null;

        var next = RuleOf(request, id, rule.CreatedAt, time.GetUtcNow().UtcDateTime);
        var isReplaced = await store.TryReplaceRuleAsync(next, cancellationToken);
        _known = null;
        return isReplaced ? next : null;
    }

    /// <summary>Removes a rule; its alerts stay.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var isDeleted = await store.DeleteRuleAsync(id, cancellationToken);
        _known = null;
        return isDeleted;
    }

    /// <summary>The rules in force.</summary>
    internal async Task<IReadOnlyList<AlertRule>> InForceAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Fresh)
            return known.Rules;

        var at = time.GetTimestamp();
        IReadOnlyList<AlertRule> rules = [.. (await store.ListRulesAsync(cancellationToken)).Where(rule => rule.Enabled)];
        _known = new Known(at, rules);
        return rules;
    }

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

    private sealed record Known(long At, IReadOnlyList<AlertRule> Rules);
}
