using System.Globalization;
using System.Text.Json;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Problems;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Bench.Writers;

/// <summary>Our writers, composed as the app composes them, each with the compression threads asked for.</summary>
/// <param name="rows">The rows they write.</param>
internal sealed class OurWriters(BatchedRows rows) : IAsyncDisposable
{
    private readonly Dictionary<(int Threads, bool Zlib), ServiceProvider> _services = [];

    /// <summary>The PDF engines of this build.</summary>
    public IReadOnlyList<string> PdfEngines => [.. ServicesFor(threads: 1).GetServices<IPdfEngine>().Select(engine => engine.Name)];

    /// <summary>A format with options as a request states them.</summary>
    public TimedContender Format(string name, string format, long count, int threads, string options = "{}", bool zlib = false)
    {
        var writer = ServicesFor(threads, zlib).GetRequiredService<FormatCatalog>().Find(format)!;
        return Contender(name, count, format, options, writer.CreateWriter);
    }

    /// <summary>One PDF engine, whichever the settings would choose.</summary>
    public TimedContender PdfEngine(string name, string engine, long count, int threads) =>
        Contender(
            name,
            count,
            "pdf",
            "{}",
            ServicesFor(threads).GetServices<IPdfEngine>().First(candidate => candidate.Name == engine).CreateWriter);

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services.Values)
            await services.DisposeAsync();
    }

    private TimedContender Contender(string name, long count, string format, string options, Func<Stream, FileLayout, IRowWriter> create)
    {
        var batches = new Lazy<IReadOnlyList<ExportFunctions.Datasets.Rows.RowBatch>>(() => rows.Take(count));
        return TimedContender.Writer(name, count, async (output, _, cancellationToken) =>
        {
            await using var writer = create(output, rows.LayoutOf(count, Options(format, options)));
            foreach (var batch in batches.Value)
                await writer.WriteAsync(batch, cancellationToken);

            await writer.CompleteAsync(cancellationToken);
        });
    }

    private static WriterOptions Options(string format, string json)
    {
        var errors = new FieldErrors();
        var options = WriterOptionsReader.Read(JsonElement.Parse(json), format, errors);
        return !errors.IsEmpty ? throw new SkippedException($"this build's {format} has no options {json}") : options;
    }

    private ServiceProvider ServicesFor(int threads, bool zlib = false)
    {
        if (_services.TryGetValue((threads, zlib), out var services))
            return services;

        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Formats:CompressionThreads"] = threads.ToString(CultureInfo.InvariantCulture),
            ["Formats:DeflateEngine"] = zlib ? "zlib" : "fields",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return _services[(threads, zlib)] =
            new ServiceCollection().AddLogging().AddFormats(configuration).AddPdf(configuration).BuildServiceProvider();
    }
}
