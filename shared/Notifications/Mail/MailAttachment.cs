namespace ExportFunctions.Notifications.Mail;

/// <summary>A mail attachment.</summary>
/// <param name="Name">Its name, in any script.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes: small files only.</param>
public sealed record MailAttachment(string Name, string ContentType, ReadOnlyMemory<byte> Content);
