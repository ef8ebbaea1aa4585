using System.Text.RegularExpressions;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>Keeps templates small in time and memory. A template is somebody else's program, and Liquid's own limit of steps does not see what one step costs.</summary>
internal static partial class TemplateBounds
{
    /// <summary>The most statements a rendering may take.</summary>
    public const int MostSteps = 2_000;

    // The parser goes down a level for each block; a few hundred in each other would end the process with a stack overflow.
    private const int MostBlocks = 100;
    private const int MostCharacters = 16 * 1024;
    private const int MostItems = 1_000;

    /// <summary>Looks at a text before it is parsed.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Refuse(string text) =>
        Block().Count(text) > MostBlocks ? $"A template may have at most {MostBlocks} blocks, such as if and for." : null;

    /// <summary>Looks at a parsed template.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Refuse(IFluidTemplate template)
    {
        var ranges = new RangeFinder();
        ranges.VisitTemplate(template);
        return ranges.IsFound ? "Ranges, such as (1..5), are not supported: they are laid out in memory at once." : null;
    }

    /// <summary>Bounds what values may grow to.</summary>
    public static void Apply(TemplateOptions options)
    {
        options.MaxSteps = MostSteps;
        options.MaxRecursion = 20;
        options.Assigned = static (_, value, _) => ValueTask.FromResult(Bounded(value));
        options.Captured = static (_, value, _) => ValueTask.FromResult(Bounded(value));
        options.Filters.AddFilter("replace", static (input, arguments, _) =>
        {
            var (text, old, with) = (input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue());
            if (old.Length == 0)
                return ValueTask.FromResult(input);

            Require(text.Length + ((long)(text.Length / old.Length) * with.Length) <= MostCharacters);
            return ValueTask.FromResult<FluidValue>(new StringValue(text.Replace(old, with, StringComparison.Ordinal)));
        });
        options.Filters.AddFilter("join", static (input, arguments, context) =>
        {
            var separator = arguments.At(0).IsNil() ? " " : arguments.At(0).ToStringValue();
            var items = input is ArrayValue array ? array.Values.Select(item => item.ToStringValue()).ToList() : [input.ToStringValue()];
            Require(items.Count <= MostItems && items.Sum(item => (long)item.Length + separator.Length) <= MostCharacters);
            return ValueTask.FromResult<FluidValue>(new StringValue(string.Join(separator, items)));
        });
    }

    private static FluidValue Bounded(FluidValue value)
    {
        Require(value is ArrayValue array ? array.Values.Count <= MostItems : value.Type != FluidValues.String || value.ToStringValue().Length <= MostCharacters);
        return value;
    }

    private static void Require(bool isSmall)
    {
        if (!isSmall)
            throw new InvalidOperationException($"A value may have at most {MostCharacters} characters, or {MostItems} items.");
    }

    [GeneratedRegex(@"\b(?:if|unless|for|case|capture|tablerow|comment|raw|doc|liquid|ifchanged|macro|block)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
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
}
