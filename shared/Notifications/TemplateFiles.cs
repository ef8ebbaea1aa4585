using System.Reflection;

namespace ExportFunctions.Notifications;

/// <summary>
/// The template texts. The operator's folder takes precedence over the shipped ones, and English is the fallback for other languages.
/// </summary>
/// <param name="folder">The operator's folder; null for none.</param>
internal sealed class TemplateFiles(string? folder)
{
    private const string Fallback = "en";
    private static readonly Assembly Shipped = typeof(TemplateFiles).Assembly;

    /// <summary>Reads a template.</summary>
    /// <param name="language">Its folder, such as <c>en</c>.</param>
    /// <param name="name">Its name, such as <c>export.failed.slack.liquid</c>.</param>
    /// <returns>The text and its location, for error messages.</returns>
    public (string Text, string Place) Read(string language, string name) =>
        Find(language, name) ?? Find(Fallback, name) ?? throw new InvalidOperationException($"The template {name} is not shipped.");

    private (string Text, string Place)? Find(string language, string name)
    {
        if (folder is not null && Path.Combine(folder, language, name) is var file && File.Exists(file))
            return (File.ReadAllText(file), file);

        using var stream = Shipped.GetManifestResourceStream($"Templates/{language}/{name}");
        if (stream is null)
            return null;

        using var reader = new StreamReader(stream);
        return (reader.ReadToEnd(), name);
    }
}
