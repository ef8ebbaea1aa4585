using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Notifications.Webhooks.Secrets;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>Makes single webhook calls. All deliveries and tests go through here.</summary>
internal sealed class WebhookSender(
    WebhookPayloads payloads,
    SecretProtector protector,
    CheckedConnections connections,
    IOptions<WebhookOptions> options,
    TimeProvider time) : IDisposable
{
    private const int AnswerBytes = 4 * 1024;

    // The text of a response is for people only.
    private static readonly TimeSpan WordsTime = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _http = new(connections.CreateHandler());

    /// <summary>Calls a webhook.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="told">The event to send.</param>
    /// <param name="cancellationToken">Stops the call; it may have reached the receiver anyway.</param>
    public async Task<WebhookAnswer> SendAsync(Webhook webhook, WebhookEvent told, CancellationToken cancellationToken)
    {
        var (payload, problem) = await payloads.WriteAsync(webhook, told, cancellationToken);
        if (payload is null)
            return new WebhookAnswer(
                DeliveryOutcome.Refused, $"Not sent: the template does not work for it. {problem}")
            { IsFromReceiver = false };
        if (protector.Unprotect(webhook.EncryptedUrl, webhook.UrlOwner) is not { } url || SecretsOf(webhook) is not { } secrets)
            return new WebhookAnswer(
                DeliveryOutcome.TryLater,
                "Not sent: the webhook's secrets can't be read. WEBHOOK_SECRETS_KEY lacks the key that they were stored"
                    + " under.")
            {
                IsFromReceiver =
                    false
            };

        using var request = Request(url, payload, told.Id, secrets);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.WebhookTimeout);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token);
            var body = await ReadAsync(response);
            return AnswerRules.Evaluate(webhook.Kind, response, body, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(string.Create(
                CultureInfo.InvariantCulture, $"It gave no answer within {options.Value.WebhookTimeout.TotalSeconds:0.#} s."));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return AddressRefusedException.In(exception) is { } refused
                ? new WebhookAnswer(DeliveryOutcome.Refused, $"Not sent: {refused.Message}")
                : Failed(Explain(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    private static WebhookAnswer Failed(string text) => new(DeliveryOutcome.TryLater, text);

    private HttpRequestMessage Request(string url, byte[] payload, Guid id, List<string> secrets)
    {
        var content = new ByteArrayContent(payload);
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("ExportFunctions-Webhooks/1.0");
        if (secrets.Count == 0)
            return request;

        // Standard Webhooks 1.0.0: the id is the same on each attempt, the timestamp is the attempt's own, and each secret in force signs.
        var now = time.GetUtcNow();
        request.Headers.Add("webhook-id", id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature", string.Join(' ', secrets.Select(secret => SigningSecret.Sign(secret, id.ToString(), now, payload))));
        return request;
    }

    /// <summary>The signing secrets, the current one first; none for a kind without secrets, null when one can't be decrypted.</summary>
    private List<string>? SecretsOf(Webhook webhook)
    {
        var secrets = new List<string>();
        if (webhook.EncryptedSecret is { } present)
        {
            if (protector.Unprotect(present, webhook.SecretOwner) is not { } secret)
                return null;

            secrets.Add(secret);
        }

        foreach (var old in webhook.OldSecrets.Where(old => old.Until > time.GetUtcNow()))
        {
            if (protector.Unprotect(old.Encrypted, webhook.SecretOwner) is { } oldSecret)
                secrets.Add(oldSecret);
        }

        return secrets;
    }

    /// <summary>
    /// The beginning of a response's body, as far as it arrives soon. The status has arrived already and decides the outcome: nothing that
    /// happens here changes it.
    /// </summary>
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response)
    {
        var buffer = new byte[AnswerBytes];
        var length = 0;
        using var words = new CancellationTokenSource(WordsTime);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(words.Token);
            while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), words.Token) is > 0 and var read)
                length += read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // Keep what has arrived so far.
        }

        return buffer[..length];
    }

    private static string Explain(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Its host's name can't be found.",
        _ when exception.InnerException is SocketException
        {
            SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData,
        } => "Its host's name can't be found.",
        _ when exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            "It refuses the connection.",
        _ when exception.InnerException is AuthenticationException => "No secure connection: its certificate is not valid for it.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "No secure connection: its certificate is not valid for it.",
        _ => "It can't be reached, or broke off.",
    };
}
