using System.Text;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// Counts what a rendering writes, both to its output and into captures. It aborts a rendering that writes too much, takes too long or is
/// canceled.
/// </summary>
internal sealed class TemplateMeter(int maxCharacters, CancellationToken cancellationToken)
{
    private const string Key = nameof(TemplateMeter);

    private int _characters;

    /// <summary>The meter of a rendering; null when it has none.</summary>
    public static TemplateMeter? Of(TemplateContext context) =>
        context.AmbientValues.TryGetValue(Key, out var meter) ? (TemplateMeter)meter : null;

    /// <summary>Makes a template that checks the meter of each rendering.</summary>
    public static IFluidTemplate Measure(IFluidTemplate template) => new Rewriter().VisitTemplate(template);

    /// <summary>Attaches this meter to a rendering.</summary>
    public void Attach(TemplateContext context) => context.AmbientValues[Key] = this;

    /// <summary>Aborts the rendering when its time is up.</summary>
    public void CheckTime() => cancellationToken.ThrowIfCancellationRequested();

    private void Count(int characters)
    {
        CheckTime();
        _characters += characters;
        if (_characters > maxCharacters)
            throw new InvalidOperationException($"It writes more than {maxCharacters} characters.");
    }

    private sealed class Rewriter : AstRewriter
    {
        protected override Statement VisitOutputStatement(OutputStatement outputStatement) => new Measured(outputStatement);

        protected override Statement VisitTextSpanStatement(TextSpanStatement textSpanStatement) => new Measured(textSpanStatement);
    }

    private sealed class Measured(Statement statement) : Statement
    {
        public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context) =>
            statement.WriteToAsync(Of(context) is { } meter ? new Writer(writer, meter) : writer, encoder, context);
    }

    /// <summary>Continues writing into memory.</summary>
    private sealed class Writer(TextWriter inner, TemplateMeter meter) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            meter.Count(1);
            inner.Write(value);
        }

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            meter.Count(buffer.Length);
            inner.Write(buffer);
        }

        public override void Write(string? value) => Write(value.AsSpan());

        public override Task WriteAsync(char value)
        {
            Write(value);
            return Task.CompletedTask;
        }

        public override Task WriteAsync(string? value)
        {
            Write(value);
            return Task.CompletedTask;
        }

        public override Task WriteAsync(char[] buffer, int index, int count)
        {
            Write(buffer, index, count);
            return Task.CompletedTask;
        }

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return Task.CompletedTask;
        }

        public override Task FlushAsync() => inner.FlushAsync();
    }
}
