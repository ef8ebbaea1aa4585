using System.Net;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Notifications.Webhooks.Addresses;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("https://hooks.example.org/exports?key=1")]
    [InlineData("https://hooks.example.org:8443/")]
    [InlineData("https://1.1.1.1/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://παράδειγμα.example.org/")]
    [InlineData("https://hooks.example.org/@registrar")]
    public void Read_TakesAnAddressOfTheInternet(string url)
    {
        var (read, errors) = Read(url);

        Assert.Empty(errors);
        Assert.NotNull(read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hooks.example.org")]
    [InlineData("/exports")]
    [InlineData("ftp://hooks.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://hooks.example.org/")]
    [InlineData("https://")]
    [InlineData("https://hooks.example.org/a b")]
    [InlineData("https://hooks.example.org/\r\nHost: other")]
    [InlineData("https://hooks.example.org\\@127.0.0.1/")]
    [InlineData("https://user@hooks.example.org/")]
    [InlineData("https://user:password@hooks.example.org/")]
    [InlineData("https://@hooks.example.org/")]
    [InlineData("https://@hooks.example.org")]
    [InlineData("https:hooks.example.org")]
    [InlineData("https://hooks.example.org/#fragment")]
    [InlineData("https://localhost/")]
    [InlineData("https://app.localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://169.254.169.254/metadata/identity")]
    [InlineData("https://2852039166/")]
    [InlineData("https://１２７.０.０.１/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://[0:0:0:0:0:ffff:7f00:1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("http://1.1.1.1/")]
    public void Read_RefusesWhatIsNone_UnderUrl(string url)
    {
        var (read, errors) = Read(url);

        Assert.Null(read);
        Assert.Equal(["url"], errors.Keys);
    }

    [Fact]
    public void Read_TakesHttpAndPrivateAddresses_OfAllowedNetworks()
    {
        Assert.NotNull(Read("http://10.20.0.1:8080/in", "10.20.0.0/16").Url);
        Assert.NotNull(Read("http://localhost:8080/in", "127.0.0.0/8").Url);
        Assert.Null(Read("http://10.21.0.1:8080/in", "10.20.0.0/16").Url);
    }

    private static (Uri? Url, IReadOnlyDictionary<string, string[]> Errors) Read(string url, params IEnumerable<string> allowed)
    {
        var errors = new FieldErrors();
        return (
            new WebhookUrl(new AddressRules([.. allowed.Select(network => IPNetwork.Parse(network))])).Read(url, errors), errors.ByField);
    }
}
