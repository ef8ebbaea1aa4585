using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Mail;

public sealed class MailTemplatesTests : IDisposable
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["dataset"] = "students",
        ["format"] = "csv",
        ["fileName"] = "a<b>&\"c\".csv",
        ["rows"] = "10,000",
        ["size"] = "1.8 MB",
        ["schedule"] = "Weekly",
        ["reason"] = "The table is <gone>.",
        ["title"] = "Exports, <gone>",
        ["rule"] = "Slow <gone>",
        ["message"] = "It took <gone>.",
        ["link"] = "https://exports.example.org/api/v1/exports/1/file",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("exportfunctions-templates-").FullName;

    [Theory]
    [InlineData("en")]
    [InlineData("el")]
    public async Task WriteAsync_HasATemplateForEveryEvent_AndEscapesInHtmlAlone(string language)
    {
        var templates = new MailTemplates(Options.Create(new NotificationOptions { Language = language }));

        templates.Check();
        foreach (var notificationEvent in Enum.GetValues<NotificationEvent>())
        {
            var mail = await templates.WriteAsync(
                Guid.CreateVersion7(), "a@example.org", notificationEvent, Values, CancellationToken.None);

            Assert.NotEmpty(mail.Subject);
            Assert.DoesNotContain("\n", mail.Subject, StringComparison.Ordinal);
            Assert.Contains($"<html lang=\"{language}\">", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", mail.Html + mail.Text + mail.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain("<gone>", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("a<b>", mail.Html, StringComparison.Ordinal);
        }

        var ready = await templates.WriteAsync(
            Guid.CreateVersion7(), "a@example.org", NotificationEvent.ExportSucceeded, Values, CancellationToken.None);
        Assert.Contains("a<b>&\"c\".csv", ready.Subject, StringComparison.Ordinal);
        Assert.Contains("https://exports.example.org/api/v1/exports/1/file", ready.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://exports.example.org/api/v1/exports/1/file\"", ready.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_TakesTheOperatorsTemplates_BeforeTheShippedOnes()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "en"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "en", "export.succeeded.subject.liquid"),
            "[Registry] {{ dataset | upcase }}",
            TestContext.Current.CancellationToken);
        var templates = new MailTemplates(Options.Create(new NotificationOptions { TemplatesFolder = _folder }));

        var mail = await templates.WriteAsync(
            Guid.CreateVersion7(), "a@example.org", NotificationEvent.ExportSucceeded, Values, CancellationToken.None);

        Assert.Equal("[Registry] STUDENTS", mail.Subject);
        Assert.Contains("10,000", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NamesTheFileAndThePlace_WhenATemplateCannotBeRead()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "en"));
        var file = Path.Combine(_folder, "en", "export.failed.html.liquid");
        await File.WriteAllTextAsync(file, "<p>{% if reason %}</p>", TestContext.Current.CancellationToken);

        var failure = Assert.Throws<OptionsValidationException>(
            () => new MailTemplates(Options.Create(new NotificationOptions { TemplatesFolder = _folder })).Check());

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
