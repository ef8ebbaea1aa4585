using System.Text.RegularExpressions;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// Limits the time and memory of templates. A template is untrusted code, and Liquid's own step limit ignores the cost of a step.
/// </summary>
internal static partial class TemplateBounds
{
    // The parser recurses for each block; a few hundred nested ones would end the process with a stack overflow.
    private const int MaxBlocks = 100;
    private const int MaxFormat = 200;
    private const int MaxStackCharacters = 16 * 1024;

    /// <summary>Checks a text before it is parsed.</summary>
    /// <returns>The error; null when there is none.</returns>
    public static string? Refuse(string text) =>
        Block().Count(text) > MaxBlocks ? $"A template may have at most {MaxBlocks} blocks, such as if and for." : null;

    /// <summary>Checks a parsed template.</summary>
    /// <returns>The error; null when there is none.</returns>
    public static string? Refuse(IFluidTemplate template)
    {
        var ranges = new RangeFinder();
        ranges.VisitTemplate(template);
        return ranges.IsFound ? "Ranges, such as (1..5), are not supported: they are laid out in memory at once." : null;
    }

    /// <summary>Limits the inputs and outputs of every filter, and the size of values.</summary>
    /// <param name="options">The options.</param>
    /// <param name="limits">The limits.</param>
    public static void Apply(TemplateOptions options, TemplateLimits limits)
    {
        options.MaxSteps = limits.MaxSteps;
        options.MaxRecursion = 20;
        options.Assigned = (_, value, _) => ValueTask.FromResult(Bounded(value, limits));
        options.Captured = (_, value, _) => ValueTask.FromResult(Bounded(value, limits));
        options.Filters.AddFilter("replace", (input, arguments, _) =>
        {
            var (text, old, with) = (input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue());
            if (old.Length == 0)
                return ValueTask.FromResult(input);

            Require(text.Length + ((long)(text.Length / old.Length) * with.Length) <= limits.MaxCharacters, limits);
            return ValueTask.FromResult<FluidValue>(new StringValue(text.Replace(old, with, StringComparison.Ordinal)));
        });
        options.Filters.AddFilter("join", (input, arguments, _) =>
        {
            var separator = arguments.At(0).IsNil() ? " " : arguments.At(0).ToStringValue();
            var items = input is ArrayValue array ? array.Values.Select(item => item.ToStringValue()).ToList() : [input.ToStringValue()];
            Require(items.Sum(item => (long)item.Length + separator.Length) <= limits.MaxCharacters, limits);
            return ValueTask.FromResult<FluidValue>(new StringValue(string.Join(separator, items)));
        });

        foreach (var (name, filter) in options.Filters.ToList())
            options.Filters.AddFilter(
                name, (input, arguments, context) => RunAsync(name, filter, new FilterCall(input, arguments, context), limits));
    }

    /// <summary>Limits a filter's input, so that its output can't be large before it is checked.</summary>
    private static async ValueTask<FluidValue> RunAsync(string name, FilterDelegate filter, FilterCall call, TemplateLimits limits)
    {
        TemplateMeter.Of(call.Context)?.CheckTime();
        Bounded(call.Input, limits);
        for (var i = 0; i < call.Arguments.Count; i++)
            Bounded(call.Arguments.At(i), limits);

        var format = call.Arguments.At(0).ToStringValue();
        switch (name)
        {
            // Fluid clears twice the length of the text on the stack.
            case "handle" or "handleize":
                Require(call.Input.ToStringValue().Length <= MaxStackCharacters, limits);
                break;
            case "date" or "format_date" or "format_number":
                RequireFormat(format.Length <= MaxFormat && !Wide().IsMatch(format));
                break;
            case "format_string":
                format = call.Input.ToStringValue();
                var longest = Enumerable.Range(0, call.Arguments.Count).Select(
                    i => call.Arguments.At(i).ToStringValue().Length).DefaultIfEmpty(0).Max();
                RequireFormat(!Wide().IsMatch(format));
                Require(format.Length + ((long)format.Count(sign => sign == '{') * (longest + MaxFormat)) <= limits.MaxCharacters, limits);
                break;
            default:
                break;
        }

        return Bounded(await filter(call.Input, call.Arguments, call.Context), limits);
    }

    private static FluidValue Bounded(FluidValue value, TemplateLimits limits)
    {
        Require(
            value is ArrayValue array
                ? array.Values.Count <= limits.MaxItems
                : value.Type != FluidValues.String || value.ToStringValue().Length <= limits.MaxCharacters, limits);
        return value;
    }

    private static void Require(bool isSmall, TemplateLimits limits)
    {
        if (!isSmall)
            throw new InvalidOperationException($"A value may have at most {limits.MaxCharacters} characters, or {limits.MaxItems} items.");
    }

    private static void RequireFormat(bool isSmall)
    {
        if (!isSmall)
            throw new InvalidOperationException($"A format may have at most {MaxFormat} characters, and widths of at most two digits.");
    }

    // A width or precision of three digits or more: in strftime (%400d), in a number (N900) and in braces ({0,900}).
    [GeneratedRegex(@"%[^a-zA-Z%]*[0-9]{3}|^[a-zA-Z][0-9]{3}|\{[^}]*[0-9]{3}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wide();

    [GeneratedRegex(
        @"\b(?:if|unless|for|case|capture|tablerow|comment|raw|doc|liquid|ifchanged|macro|block)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    private sealed class RangeFinder : AstVisitor
    {
        public bool IsFound { get; private set; }

        protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
        {
            IsFound = true;
            return rangeExpression;
        }
    }

    private readonly record struct FilterCall(FluidValue Input, FilterArguments Arguments, TemplateContext Context);
}

/// <summary>The limits of a rendering.</summary>
/// <param name="MaxSteps">The maximum number of statements.</param>
/// <param name="MaxCharacters">The maximum number of characters in a value.</param>
/// <param name="MaxItems">The maximum number of items in a list.</param>
/// <param name="MaxOutput">The maximum number of characters of output.</param>
internal sealed record TemplateLimits(int MaxSteps, int MaxCharacters, int MaxItems, int MaxOutput)
{
    /// <summary>The time limit.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    /// <summary>The limits of templates written by webhook owners.</summary>
    public static TemplateLimits Payload { get; } = new(2_000, 16 * 1024, 1_000, 256 * 1024);

    /// <summary>The limits of mail templates, which operators write: a report is inserted as a whole.</summary>
    public static TemplateLimits Mail { get; } = new(100_000, 2_000_000, 10_000, 4_000_000);
}
