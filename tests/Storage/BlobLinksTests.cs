using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

/// <summary>Links on Azure: signed with a delegation key. No network.</summary>
public sealed class BlobLinksTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly DelegationStub _stub;
    private readonly StorageAccount _account;
    private readonly BlobLinks _links;

    public BlobLinksTests()
    {
        _stub = new DelegationStub(_time);
        _account = _stub.Open();
        _links = new BlobLinks(_account, _time);
    }

    [Fact]
    public async Task CreateReadLink_GrantsReadingOneBlobOverHttps_WhenThereIsNoAccountKey()
    {
        var link = await CreateAsync();

        Assert.Equal("school.blob.core.windows.net/exports/2027/03/01/a.xlsx", link.Host + link.AbsolutePath);
        var sas = QueryHelpers.ParseQuery(link.Query);
        Assert.Equal("r", sas["sp"]);
        Assert.Equal("b", sas["sr"]);
        Assert.Equal("https", sas["spr"]);
        Assert.Equal("2027-03-01T08:10:00Z", sas["se"]);
        Assert.Equal("attachment; filename=\"a.xlsx\"", sas["rscd"]);
        Assert.Equal("11111111-1111-1111-1111-111111111111", sas["skoid"]);
        Assert.Equal("22222222-2222-2222-2222-222222222222", sas["sktid"]);
        Assert.Equal("b", sas["sks"]);
        Assert.Equal(Expected(sas), sas["sig"]);
    }

    [Fact]
    public async Task CreateReadLink_AsksForAKeyThatOutlivesTheLinks()
    {
        await CreateAsync();

        var asked = Assert.Single(_stub.Calls);
        Assert.Equal(Start - DelegationKeys.ClockSkew, Instant(asked.Element("Start")!.Value));
        Assert.Equal(Start + DelegationKeys.Lifetime + DelegationKeys.ClockSkew, Instant(asked.Element("Expiry")!.Value));
    }

    [Fact]
    public async Task CreateReadLink_AsksOnce_WhileTheKeyOutlivesTheLink()
    {
        await CreateAsync();
        _time.Advance(DelegationKeys.Lifetime - Life);
        await CreateAsync();

        Assert.Single(_stub.Calls);
    }

    [Fact]
    public async Task CreateReadLink_AsksAgain_BeforeTheKeyEnds()
    {
        await CreateAsync();
        _time.Advance(DelegationKeys.Lifetime - Life + TimeSpan.FromSeconds(1));

        var link = await CreateAsync();

        Assert.Equal(2, _stub.Calls.Count);
        var sas = QueryHelpers.ParseQuery(link.Query);
        Assert.True(Instant(sas["ske"]!) > Instant(sas["se"]!));
    }

    [Fact]
    public async Task CreateReadLink_AsksOnce_WhenManyAskAtOnce()
    {
        var links = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CreateAsync()));

        Assert.Single(_stub.Calls);
        Assert.Single(links.Distinct());
    }

    [Fact]
    public async Task CreateReadLink_AsksAgain_AfterARefusal()
    {
        _stub.Status = 403;
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(CreateAsync);

        _stub.Status = 200;
        await CreateAsync();

        Assert.Equal(403, refusal.Status);
        Assert.Equal(2, _stub.Calls.Count);
    }

    [Fact]
    public async Task CreateReadLink_IsCanceled_WhenTheCallerIsGone()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _links.CreateReadLinkAsync(Blob(), Life, "attachment", gone.Token));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("02:00:01")]
    public async Task CreateReadLink_RefusesALife_ThatNoKeyIsSureToOutlive(string life)
    {
        var lifetime = TimeSpan.Parse(life, CultureInfo.InvariantCulture);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _links.CreateReadLinkAsync(Blob(), lifetime, "attachment", CancellationToken.None));
    }

    public void Dispose() => _links.Dispose();

    private BlockBlobClient Blob() => _account.Blobs.GetBlobContainerClient("exports").GetBlockBlobClient("2027/03/01/a.xlsx");

    private Task<Uri> CreateAsync() => _links.CreateReadLinkAsync(Blob(), Life, "attachment; filename=\"a.xlsx\"", CancellationToken.None);

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>
    /// The signature as the service computes it, from the reference "Create a user delegation SAS", version 2026-04-06 and later.
    /// </summary>
    private string Expected(Dictionary<string, StringValues> sas)
    {
        string Of(string name) => sas.TryGetValue(name, out var value) ? value.ToString() : "";
        string[] fields =
        [
            Of("sp"), Of("st"), Of("se"), "/blob/school/exports/2027/03/01/a.xlsx",
            Of("skoid"),
            Of("sktid"),
            Of("skt"),
            Of("ske"),
            Of("sks"),
            Of("skv"),
            Of("saoid"),
            Of("suoid"),
            Of("scid"),
            Of("skdutid"),
            Of("sduoid"),
            Of("sip"), Of("spr"), Of("sv"), Of("sr"), "", Of("ses"), Of("srh"), Of("srq"),
            Of("rscc"), Of("rscd"), Of("rsce"), Of("rscl"), Of("rsct"),
        ];
        return Convert.ToBase64String(HMACSHA256.HashData(_stub.Key, Encoding.UTF8.GetBytes(string.Join('\n', fields))));
    }
}
