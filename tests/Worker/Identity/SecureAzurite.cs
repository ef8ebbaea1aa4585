using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Worker.Identity;

/// <summary>Azurite with https and tokens, as storage accounts have them that take no keys.</summary>
internal sealed partial class SecureAzurite : IAsyncDisposable
{
    public const string Account = "devstoreaccount1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exportfunctions-secure-");
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private Process? _process;

    /// <summary>The file with the certificate that callers must trust.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    /// <summary>The address of <c>blob</c>, <c>queue</c> or <c>table</c>.</summary>
    public string UriOf(string service) => $"{_addresses[service]}/{Account}";

    public static async Task<SecureAzurite> StartAsync()
    {
        var azurite = new SecureAzurite();
        try
        {
            await azurite.StartProcessAsync();
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that trusts this certificate alone.</summary>
    public HttpClient CreateClient()
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(_certificate);
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = trust } });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartProcessAsync()
    {
        var key = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(CertificateFile, _certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(key, _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var package = Repository.Find().AzuritePackage;
        var start = new ProcessStartInfo("node",
        [
            Path.Combine(package, "start.cjs"),
            "--silent",
            "--skipApiVersionCheck",
            "--disableTelemetry",
            "--oauth",
            "basic",
            "--cert",
            CertificateFile,
            "--key",
            key,
            "--location", _folder.FullName, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ])
        {
            WorkingDirectory = package,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _ready.Task.WaitAsync(Patience);
    }

    private void Read(string? line)
    {
        if (line is null || Listening.Match(line) is not { Success: true } match)
            return;

        _addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
        if (_addresses.Count == 3)
            _ready.TrySetResult();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    [GeneratedRegex(
        @"Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>https://[^ ]+:\d+)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Listening { get; }
}
