using System.Reflection;
using System.Text.RegularExpressions;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Tests.Infra;

/// <summary>What the alerts ask the logs for, against what the code writes there.</summary>
[Integration]
public sealed partial class AlertTests(BicepFixture bicep)
{
    private static readonly IReadOnlyList<LoggerMessageAttribute> Logged =
    [
        .. new[] { typeof(StorageAccount), typeof(ExportProcessor) }.SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public async Task Alerts_AreValidBeforeTheFirstTelemetry_AndTellWhomTheyShould()
    {
        var installation = await bicep.InstallationAsync("large");

        var rules = installation.All("Microsoft.Insights/scheduledQueryRules").Select(rule => rule.GetProperty("properties")).ToList();

        Assert.Equal(2, rules.Count);
        Assert.All(rules, rule => Assert.True(rule.GetProperty("skipQueryValidation").GetBoolean()));
        var receivers = installation.Only("Microsoft.Insights/actionGroups").GetProperty("properties").GetProperty("emailReceivers");
        Assert.Equal("operations@example.org", receivers[0].GetProperty("emailAddress").GetString());
    }

    [Fact]
    public async Task Poison_AsksForWhatTheHostLogs() =>
        Assert.Contains("Moving message to queue", await QueryAsync("poison"), StringComparison.Ordinal);

    [Fact]
    public async Task Failures_AsksForWhatTheCodeLogs()
    {
        var query = await QueryAsync("failures");

        var phrases = Phrase().Matches(query).Select(match => match.Groups["text"].Value).ToList();
        Assert.Equal(["handed back, the host is stopping", "failed for good", "given up after"], phrases);
        Assert.All(phrases, phrase => Assert.Contains(Logged, message => message.Message.Contains(phrase, StringComparison.Ordinal)));
        Assert.All(
            Logged.Where(message => phrases.Skip(1).Any(phrase => message.Message.Contains(phrase, StringComparison.Ordinal))),
            message => Assert.Equal(LogLevel.Error, message.Level));
    }

    [Fact]
    public async Task Failures_CountsAnsweredFaults_AndNoExportThatWasHandedBack()
    {
        var query = await QueryAsync("failures");

        Assert.Contains("toint(ResultCode) >= 500", query, StringComparison.Ordinal);
        Assert.Contains("OperationId !in (handedBack)", query, StringComparison.Ordinal);
        var functions = FunctionDiscovery.Find([typeof(Composition).Assembly]).Select(function => function.Name).ToList();
        Assert.All(Operation().Matches(query), operation => Assert.Contains(operation.Groups["name"].Value, functions));
    }

    private async Task<string> QueryAsync(string name)
    {
        var rules = (await bicep.InstallationAsync("large")).All("Microsoft.Insights/scheduledQueryRules");
        var rule = Assert.Single(rules, rule => rule.GetProperty("name").GetString()!.EndsWith("-" + name, StringComparison.Ordinal));
        return rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!;
    }

    [GeneratedRegex("Message has \"(?<text>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phrase();

    [GeneratedRegex("OperationName == \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Operation();
}
