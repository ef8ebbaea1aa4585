using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Secrets;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Webhooks.Secrets;

public sealed class SecretProtectorTests
{
    private static readonly string One = Convert.ToBase64String(Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());
    private static readonly string Two = Convert.ToBase64String(Enumerable.Range(1, 32).Select(n => (byte)n).ToArray());

    [Fact]
    public void Open_GivesTheSecret_ToItsOwnerAlone()
    {
        var protector = Box(One);

        var closed = protector.Protect("whsec_x", "a/secret");

        Assert.DoesNotContain("whsec", closed, StringComparison.Ordinal);
        Assert.NotEqual(closed, protector.Protect("whsec_x", "a/secret"));
        Assert.Equal("whsec_x", protector.Unprotect(closed, "a/secret"));
        Assert.Null(protector.Unprotect(closed, "b/secret"));
    }

    [Fact]
    public void Open_GivesNothing_WhenItWasTamperedWith()
    {
        var protector = Box(One);
        var closed = protector.Protect("whsec_x", "a");

        Assert.Null(protector.Unprotect(closed[..^1] + (closed[^1] == 'A' ? 'B' : 'A'), "a"));
        Assert.Null(protector.Unprotect(closed[..^30], "a"));
        Assert.Null(protector.Unprotect("1.x.y", "a"));
        Assert.Null(protector.Unprotect("", "a"));
    }

    [Fact]
    public void Open_KnowsEarlierKeys_WhileTheFirstOneCloses()
    {
        var closed = Box(One).Protect("whsec_x", "a");

        Assert.Equal("whsec_x", Box($"{Two} {One}").Unprotect(closed, "a"));
        Assert.Null(Box(Two).Unprotect(closed, "a"));
        Assert.Equal("whsec_y", Box(Two).Unprotect(Box($"{Two} {One}").Protect("whsec_y", "a"), "a"));
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("", true, false)]
    [InlineData("AAAA", false, false)]
    [InlineData("not base64", false, false)]
    public void TryParse_TakesNoneOrWholeKeys(string? setting, bool isGood, bool hasKey)
    {
        var keys = SecretKeys.TryParse(setting);

        Assert.Equal(isGood, keys is not null);
        Assert.Equal(hasKey, keys?.Current is not null);
    }

    [Fact]
    public void Sign_IsWhatTheSpecificationGives()
    {
        // The example of the Standard Webhooks libraries' own tests.
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        var signature = SigningSecret.Sign(
            Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void Make_GivesASecretOfTheSpecifiedForm()
    {
        var secret = SigningSecret.Make();

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.InRange(Convert.FromBase64String(secret["whsec_".Length..]).Length, 24, 64);
        Assert.NotEqual(secret, SigningSecret.Make());
    }

    private static SecretProtector Box(string keys) => new(Options.Create(new WebhookOptions { SecretsKey = keys }));
}
