using System.Diagnostics;
using System.Globalization;
using ExportFunctions.Tests.Notifications.Webhooks;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>
/// Exports of all formats and sizes over SQLite and PostgreSQL, on three hosts with clocks ten minutes apart, while hosts are killed,
/// storage and database restarted, calls to storage fail, commits are held up, messages come twice, and exports are canceled and deleted.
/// An hour later everything is as it should be. <c>CHAOS_ROUNDS</c> says how often; <c>CHAOS_SEED</c> repeats what was drawn, as far as
/// chance is the test's own.
/// </summary>
[Integration]
public sealed class ManyExportsChaosTests(SchoolFixture school)
{
    private const int Later = 61;

    [Fact]
    public async Task Exports_AreRightOnceAndWhole_WhateverFails()
    {
        Assert.SkipUnless(WrongClock.IsInstalled, WrongClock.Missing);
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed: apt-get install postgresql");
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CHAOS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("CHAOS_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var sources = await ChaosSources.StartAsync(school);
        for (var round = 0; round < rounds; round++)
            await RunAsync(sources, seed + round);
    }

    private static async Task RunAsync(ChaosSources sources, int seed)
    {
        var started = Stopwatch.StartNew();
        await using var storage = await ChaosStorage.StartAsync();
        await using var receiver = await LoopbackReceiver.StartAsync();
        await using var faulty = await FaultyStorage.StartAsync(storage.ConnectionString, seed);
        faulty.IsFaulty = false;
        await using var hosts = new ChaosHosts(Settings(faulty.ConnectionString, sources));
        var round = new ChaosRound(seed, sources, storage, faulty, hosts, receiver);
        var outcome = new ChaosOutcome(storage, faulty, hosts, round.Orders, receiver);
        var times = new List<double>();
        var name = "failed";
        try
        {
            await hosts.StartAsync();
            times.Add(started.Elapsed.TotalSeconds);
            await round.RunAsync();
            times.Add(started.Elapsed.TotalSeconds);
            await outcome.WaitForExportsAsync();
            times.Add(started.Elapsed.TotalSeconds);
            await hosts.EndAsync();
            await storage.PutAheadAsync(Later);
            await hosts.StartLaterAsync(Later);
            times.Add(started.Elapsed.TotalSeconds);
            await outcome.WaitForTheRestAsync();
            times.Add(started.Elapsed.TotalSeconds);
            await outcome.CheckAsync();
            times.Add(started.Elapsed.TotalSeconds);
            await outcome.CleanUpAsync();
            name = "right";
        }
        finally
        {
            times.Add(started.Elapsed.TotalSeconds);
            var seconds = string.Join(", ", times.Select(time => time.ToString("0", CultureInfo.InvariantCulture)));
            var figures = $"{round.Figures}, {outcome.LateDeliveries} deliveries left for the hour, {outcome.CallsTwice} calls repeated";
            TestContext.Current.TestOutputHelper!.WriteLine($"Round {seed} {name}: {figures}; seconds: {seconds}.");
        }
    }

    private static Dictionary<string, string?> Settings(string storage, ChaosSources sources)
    {
        var settings = TestApp.Settings(storage, sources.DatasetsFile);
        settings["SCHOOL_POSTGRES"] = sources.Database;
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);
        settings["Notifications:AllowedNetworks:0"] = "127.0.0.0/8";
        settings["Notifications:ResendAfter"] = "00:00:10";
        for (var i = 0; i < 60; i++)
            settings[string.Create(CultureInfo.InvariantCulture, $"Notifications:WebhookRetryDelays:{i}")] = "00:00:01";

        settings["Exports:SliceRows"] = "4000";
        settings["Exports:LeaseDuration"] = "00:00:03";
        settings["Exports:SliceLeaseDuration"] = "00:00:03";
        settings["Exports:HeartbeatInterval"] = "00:00:00.3";
        settings["Exports:RunTime"] = "00:00:04";
        settings["Exports:LostMessageAfter"] = "00:00:10";
        settings["Exports:MaxAttempts"] = "20";
        settings["Storage:BlockBytes"] = "65536";
        return settings;
    }
}
