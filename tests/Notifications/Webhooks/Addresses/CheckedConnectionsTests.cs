using System.Net;
using System.Net.Sockets;
using ExportFunctions.Notifications.Webhooks.Addresses;

namespace ExportFunctions.Tests.Notifications.Webhooks.Addresses;

public sealed class CheckedConnectionsTests : IDisposable
{
    private readonly TcpListener _inside = new(IPAddress.Loopback, port: 0);

    public CheckedConnectionsTests() => _inside.Start();

    private int Port => ((IPEndPoint)_inside.LocalEndpoint).Port;

    [Fact]
    public async Task Connect_Refuses_WhenDnsChangesBetweenCheckAndConnect()
    {
        var dns = new ScriptedResolver([IPAddress.Parse("1.1.1.1")], [IPAddress.Loopback]);
        var connections = new CheckedConnections(new AddressRules([]), dns);

        var seenAtCheck = await connections.ResolveAsync("rebind.example.org", isSecure: true, TestContext.Current.CancellationToken);
        var refused = await CallAsync(connections, $"https://rebind.example.org:{Port}/");

        Assert.Equal([IPAddress.Parse("1.1.1.1")], seenAtCheck);
        Assert.Contains("loopback", refused!.Message, StringComparison.Ordinal);
        Assert.False(_inside.Pending());
    }

    [Fact]
    public async Task Connect_LooksTheNameUpOnce_AndGoesToTheAddressItChecked()
    {
        // A second look-up would lead elsewhere.
        var dns = new ScriptedResolver([IPAddress.Loopback], [IPAddress.Parse("192.0.2.1")]);
        var connections = new CheckedConnections(new AddressRules([IPNetwork.Parse("127.0.0.0/8")]), dns);
        using var http = new HttpClient(connections.CreateHandler());

        var call = http.GetAsync(new Uri($"http://hooks.example.org:{Port}/"), TestContext.Current.CancellationToken);
        using var accepted = await _inside.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await accepted.GetStream().WriteAsync(
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var response = await call;

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(1, dns.Calls);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("1.1.1.1 127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task Connect_Refuses_WhenOneOfTheAddressesIsNotOfTheInternet(string addresses)
    {
        var dns = new ScriptedResolver([.. addresses.Split(' ').Select(IPAddress.Parse)]);

        var refused = await CallAsync(new CheckedConnections(new AddressRules([]), dns), $"https://hooks.example.org:{Port}/");

        Assert.NotNull(refused);
        Assert.False(_inside.Pending());
    }

    [Fact]
    public async Task Connect_Refuses_WithoutTlsOutsideAllowedNetworks()
    {
        var dns = new ScriptedResolver([IPAddress.Parse("1.1.1.1")]);

        var refused =
            await CallAsync(new CheckedConnections(new AddressRules([IPNetwork.Parse("10.0.0.0/8")]), dns), "http://hooks.example.org/");

        Assert.Contains("Use https", refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f.0.0.1")]
    [InlineData("https://[::1]")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    [InlineData("https://localhost")]
    public async Task Connect_RefusesLiterals_WithTheMachinesOwnResolver(string origin)
    {
        var refused = await CallAsync(new CheckedConnections(new AddressRules([]), new HostResolver()), $"{origin}:{Port}/");

        Assert.NotNull(refused);
        Assert.False(_inside.Pending());
    }

    [Fact]
    public void Handler_FollowsNothing_AndGoesThroughNoProxy()
    {
        using var handler = new CheckedConnections(new AddressRules([]), new HostResolver()).CreateHandler();

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseProxy);
        Assert.False(handler.UseCookies);
    }

    public void Dispose() => _inside.Dispose();

    private static async Task<AddressRefusedException?> CallAsync(CheckedConnections connections, string url)
    {
        using var http = new HttpClient(connections.CreateHandler());
        return AddressRefusedException.In(
            await Record.ExceptionAsync(() => http.GetAsync(new Uri(url), TestContext.Current.CancellationToken)));
    }

    private sealed class ScriptedResolver(params IPAddress[][] answers) : IHostResolver
    {
        public int Calls { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Math.Min(Calls++, answers.Length - 1)]);
    }
}
