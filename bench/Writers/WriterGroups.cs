using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Rows;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Bench.Writers.Peers;
using ExportFunctions.Formats.Pdf;

namespace ExportFunctions.Bench.Writers;

/// <summary>Who writes what. Slow ones write a share of the rows; rates are what is compared.</summary>
internal sealed class WriterGroups : IAsyncDisposable
{
    private readonly PersonRow[] _rows;
    private readonly PersonRow[] _arabic;
    private readonly long _count;
    private readonly OurWriters _ours;
    private readonly OurWriters _oursArabic;
    private readonly List<OurWriters> _further = [];
    private readonly SkiaCanvasPeer _skia;
    private readonly SkiaCanvasPeer _skiaArabic;
    private readonly PythonPeer _python;
    private readonly DotnetPeer _dotnet;

    /// <param name="count">The rows of a full run.</param>
    /// <param name="distinct">The rows that differ; they come again and again.</param>
    /// <param name="files">Where peers may leave files.</param>
    public WriterGroups(long count, int distinct, BenchFolder files)
    {
        _count = count;
        _rows = PersonRows.Make(distinct);
        _arabic = PersonRows.Make(Math.Min(distinct, 8 * 1024), Script.Arabic);
        _ours = new OurWriters(new BatchedRows(_rows));
        _oursArabic = new OurWriters(new BatchedRows(_arabic));
        _skia = new SkiaCanvasPeer(_rows, "NotoSans-Regular.ttf", shaped: false);
        _skiaArabic = new SkiaCanvasPeer(_arabic, "NotoSansArabic-Regular.ttf", shaped: true);
        _python = new PythonPeer(new RowsFile(_rows, files), files);
        _dotnet = new DotnetPeer(distinct, files);
    }

    /// <summary>Those that go through the same few rows again and again.</summary>
    public IEnumerable<Group> OfFewRows => [Csv(), GzipCsv(), Jsonl(), Excel(), Pdf(), ArabicPdf()];

    /// <summary>All of them, those of distinct rows and of other shapes, which lie in memory, too.</summary>
    public IEnumerable<Group> All => [Csv(), GzipCsv(), Jsonl(), Excel(), DistinctExcel(), .. Shapes(), Pdf(), ArabicPdf()];

    public async ValueTask DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _oursArabic.DisposeAsync();
        foreach (var writers in _further)
            await writers.DisposeAsync();

        _skia.Dispose();
        _skiaArabic.Dispose();
    }

    private Group Csv()
    {
        var csvHelper = new CsvHelperPeer(_rows);
        var sep = new SepPeer(_rows);
        var sylvan = new SylvanPeer(_rows);
        return new Group("CSV",
        [
            _ours.Format("ours csv, safe", "csv", _count, threads: 1),
            _ours.Format("ours csv, raw", "csv", _count, threads: 1, """{"profile":"raw"}"""),
            TimedContender.Writer("CsvHelper", _count, (output, count, _) => csvHelper.WriteAsync(output, count)),
            TimedContender.Writer("CsvHelper, injection escape", _count, (output, count, _) => csvHelper.WriteEscapedAsync(output, count)),
            TimedContender.Writer(
                "CsvHelper, ParallelWrite on 2 threads", _count, (output, count, _) => csvHelper.WriteParallelAsync(output, count)),
            TimedContender.Writer("Sep", _count, (output, count, _) => sep.WriteAsync(output, count)),
            TimedContender.Writer("Sylvan.Data.Csv", _count, (output, count, _) => sylvan.WriteAsync(output, count)),
            _dotnet.Create("DuckDB COPY", "DuckDb", _count),
        ]);
    }

    private Group GzipCsv()
    {
        var csvHelper = new CsvHelperPeer(_rows);
        var sep = new SepPeer(_rows);
        return new Group("CSV, gzip",
        [
            _ours.Format("ours csv gzip, 1 thread", "csv", _count, threads: 1, GzipOptions),
            _ours.Format("ours csv gzip, 2 threads", "csv", _count, threads: 2, GzipOptions),
            _ours.Format("ours csv gzip, zlib, 1 thread", "csv", _count, threads: 1, GzipOptions, zlib: true),
            TimedContender.Writer("CsvHelper into GZipStream", _count, (output, count, _) => csvHelper.WriteGzipAsync(output, count)),
            TimedContender.Writer("Sep into GZipStream", _count, (output, count, _) => sep.WriteGzipAsync(output, count)),
        ]);
    }

    private Group Jsonl()
    {
        var json = new Utf8JsonPeer(_rows);
        return new Group("JSON Lines",
        [
            _ours.Format("ours jsonl", "jsonl", _count, threads: 1),
            _ours.Format("ours csv, safe, the same rows", "csv", _count, threads: 1),
            _ours.Format("ours jsonl gzip, 2 threads", "jsonl", _count, threads: 2, GzipOptions),
            TimedContender.Writer("Utf8JsonWriter", _count, json.WriteAsync),
        ]);
    }

    private Group Excel()
    {
        var miniExcel = new MiniExcelPeer(_rows);
        var naive = new NaiveOpenXmlPeer(_rows);
        var spreadCheetah = new SpreadCheetahPeer(_rows);
        return new Group("Excel",
        [
            _ours.Format("ours excel, 1 thread", "excel", _count, threads: 1),
            _ours.Format("ours excel, 2 threads", "excel", _count, threads: 2),
            _ours.Format("ours excel, compact, 1 thread", "excel", _count, threads: 1, CompactOptions),
            _ours.Format("ours excel, compact, 2 threads", "excel", _count, threads: 2, CompactOptions),
            TimedContender.Writer("SpreadCheetah, references", _count, spreadCheetah.WriteReferencesAsync),
            TimedContender.Writer("SpreadCheetah, no references", _count, spreadCheetah.WriteAsync),
            TimedContender.Writer(
                "SpreadCheetah, optimal, references", Share(5), (output, count, token) =>
                    spreadCheetah.WriteOptimalAsync(output, count, references: true, token)),
            TimedContender.Writer(
                "SpreadCheetah, optimal, no references", Share(5), (output, count, token) =>
                    spreadCheetah.WriteOptimalAsync(output, count, references: false, token)),
            _ours.Format("ours excel, zlib, 1 thread", "excel", _count, threads: 1, zlib: true),
            _ours.Format("ours excel, zlib, compact, 1 thread", "excel", _count, threads: 1, CompactOptions, zlib: true),
            TimedContender.Writer("OpenXmlWriter, naive", _count, naive.WriteAsync),
            TimedContender.Writer("MiniExcel, data reader", _count, (output, count, _) => miniExcel.WriteAsync(output, count)),
            TimedContender.Writer("MiniExcel, objects", _count, (output, count, _) => miniExcel.WriteObjectsAsync(output, count)),
            _dotnet.Create("ClosedXML", "ClosedXml", Share(10)),
            _python.Create("openpyxl, write-only", "openpyxl_peer.py", "openpyxl", "python3-openpyxl", Share(10)),
            _python.Create("XlsxWriter, constant memory", "xlsxwriter_peer.py", "xlsxwriter", "python3-xlsxwriter", Share(10)),
        ]);
    }

    private Group DistinctExcel()
    {
        var rows = PersonRows.Make((int)_count);
        var ours = Own(new OurWriters(new BatchedRows(rows)));
        var spreadCheetah = new SpreadCheetahPeer(rows);
        return new Group("Excel, all rows distinct",
        [
            ours.Format("ours excel, distinct, 1 thread", "excel", _count, threads: 1),
            ours.Format("ours excel, distinct, compact, 1 thread", "excel", _count, threads: 1, CompactOptions),
            TimedContender.Writer("SpreadCheetah, distinct, references", _count, spreadCheetah.WriteReferencesAsync),
            TimedContender.Writer("SpreadCheetah, distinct, no references", _count, spreadCheetah.WriteAsync),
        ]);
    }

    private IEnumerable<Group> Shapes() =>
    [
        Shape("distinct texts", ShapedRows.DistinctTexts, Share(2)),
        Shape("60 % nulls", ShapedRows.Nulls, _count),
        Shape("100 columns", ShapedRows.Wide, Share(25)),
        Shape("prose of 90 words", () => ShapedRows.LongTexts(words: 70), Share(10)),
        Shape("500 random letters", () => ShapedRows.LongTexts(words: 0), Share(10)),
    ];

    private Group Shape(string title, Func<BatchedRows> make, long count)
    {
        var ours = Own(new OurWriters(make()));
        return new Group($"Excel, {title}",
        [
            ours.Format("ours excel, 1 thread", "excel", count, threads: 1),
            ours.Format("ours excel, zlib, 1 thread", "excel", count, threads: 1, zlib: true),
            ours.Format("ours excel, 2 threads", "excel", count, threads: 2),
            ours.Format("ours excel, compact, 1 thread", "excel", count, threads: 1, CompactOptions),
            ours.Format("ours excel, zlib, compact, 1 thread", "excel", count, threads: 1, CompactOptions, zlib: true),
        ]);
    }

    private OurWriters Own(OurWriters writers)
    {
        _further.Add(writers);
        return writers;
    }

    private Group Pdf() => new("PDF",
    [
        _ours.Format("ours pdf, 1 thread", "pdf", _count, threads: 1),
        _ours.Format("ours pdf, 2 threads", "pdf", _count, threads: 2),
        // The engines that are not the default: QuestPDF's in a build that has it.
        .. _ours.PdfEngines.Where(engine => engine != new PdfOptions().Engine).Select(
            engine => _ours.PdfEngine($"ours pdf, engine {engine}", engine, Share(10), threads: 1)),
        TimedContender.Writer("SkiaSharp canvas, DrawText per cell", Share(10), (output, count, _) => _skia.WriteAsync(output, count)),
        _python.Create("reportlab LongTable", "reportlab_peer.py", "reportlab", "python3-reportlab", Share(50)),
    ]);

    private Group ArabicPdf() => new("PDF, Arabic names",
    [
        _oursArabic.Format("ours pdf, Arabic, 1 thread", "pdf", Share(10), threads: 1),
        TimedContender.Writer(
            "SkiaSharp canvas, shaped by HarfBuzz", Share(10), (output, count, _) => _skiaArabic.WriteAsync(output, count)),
    ]);

    private const string CompactOptions = """{"cellReferences":false}""";

    private const string GzipOptions = """{"compression":"gzip"}""";

    private long Share(int divisor) => Math.Max(1, _count / divisor);
}
