using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid;
using Fluid.Values;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// Renders payloads from Liquid templates. Values are escaped as in a JSON string, so that <c>"{{ fileName }}"</c> is correct for any name;
/// the result must be JSON.
/// </summary>
internal static class LiquidPayload
{
    private static readonly FluidParser Parser = new();

    // A template is untrusted code: it must finish soon, must not access files, and misspelt filters are errors.
    private static readonly TemplateOptions Options = MakeOptions();

    /// <summary>Parses a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="template">The parsed template.</param>
    /// <returns>The error, with its line; null when there is none.</returns>
    public static string? Parse(string text, out IFluidTemplate? template)
    {
        template = null;
        if (TemplateBounds.Refuse(text) is { } tooMuch)
            return tooMuch;

        if (!Parser.TryParse(text, out template, out var error))
            return error;
        if (TemplateBounds.Refuse(template) is { } refused)
            return refused;

        template = TemplateMeter.Measure(template);
        return null;
    }

    /// <summary>Renders a payload.</summary>
    /// <param name="template">The template.</param>
    /// <param name="values">The values available to it, by name; others are empty.</param>
    /// <param name="unknown">Receives names that no event has a value for; null to ignore them.</param>
    /// <returns>The payload, or the error.</returns>
    public static async Task<(byte[]? Payload, string? Problem)> WriteAsync(
        IFluidTemplate template, IReadOnlyDictionary<string, string> values, ISet<string>? unknown, CancellationToken cancellationToken)
    {
        var context = new TemplateContext(Options)
        {
            Undefined = name =>
            {
                if (!EventSamples.Names.Contains(name, StringComparer.Ordinal))
                    unknown?.Add(name);
                return ValueTask.FromResult<FluidValue>(StringValue.Empty);
            },
        };
        foreach (var name in EventSamples.Names)
            context.SetValue(name, values.GetValueOrDefault(name) ?? "");
        foreach (var (name, value) in values)
            context.SetValue(name, value);

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TemplateLimits.MaxTime);
        new TemplateMeter(TemplateLimits.Payload.MaxOutput, time.Token).Attach(context);
        try
        {
            return Check((await template.RenderAsync(context, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)).Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"It takes longer than {TemplateLimits.MaxTime.TotalSeconds:0} s.");
        }
        catch (FileNotFoundException exception)
        {
            return (null, $"There is no template '{exception.Message}' to include: a template stands for itself.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Untrusted code may fail in any way; the message is about the template.
            return (null, $"It can't be carried out: {exception.Message}");
        }
    }

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions { StrictFilters = true };
        // Fluid's own encoder would escape it a second time.
        options.Filters.AddFilter("json", static (input, _, _) => ValueTask.FromResult<FluidValue>(input.Type == FluidValues.String
            ? new StringValue($"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(input.ToStringValue())}\"", encode: false)
            : input));
        TemplateBounds.Apply(options, TemplateLimits.Payload);
        return options;
    }

    private static (byte[]? Payload, string? Problem) Check(string text)
    {
        try
        {
            var json = Encoding.UTF8.GetBytes(text);
            using var document = JsonDocument.Parse(json);
            return (json, null);
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            var lines = text.Split('\n');
            var excerpt = line < lines.Length ? lines[line].Trim() : "";
            return (null, $"It gives no valid JSON. In what it gives it stops being so in line {line + 1}, byte {exception.BytePositionInLine + 1}: {(excerpt.Length > 80 ? excerpt[..80] + "…" : excerpt)}");
        }
    }
}
