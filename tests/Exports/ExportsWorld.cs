using System.Collections.Concurrent;
using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Formats;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Notifications;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports.Hosts;
using ExportFunctions.Tests.Exports.Slices;
using ExportFunctions.Tests.Monitoring.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Exports;

/// <summary>
/// Everything around a job, in memory and on a clock that stands still: stores, queue, and as many workers as a test wants.
/// </summary>
internal sealed class ExportsWorld
{
    private LargeExports? _large;
    private ExportTurns? _turns;

    public ExportsWorld()
    {
        Jobs = new MemoryJobStore(Time);
        Hosts = new MemoryHostStore(Time);
        Slices = new SlicesWorld(this);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));

    public MemoryJobStore Jobs { get; }

    public MemoryFileStore Files { get; } = new();

    public MemoryLateFiles LateFiles { get; } = new();

    public ConcurrentQueue<ExportMessage> Messages { get; } = new();

    /// <summary>Messages that a host has taken which is dead.</summary>
    public int HiddenMessages { get; set; }

    public MemoryKeys Keys { get; } = new();

    public CountingSource Source { get; set; } = new(rows: 25);

    public ExportOptions Options { get; } = new();

    public MemoryLargeFilters Filters { get; } = new();

    public MemoryFollowUp FollowUp { get; } = new();

    public SlicesWorld Slices { get; }

    private LargeExports Large => _large ??= new LargeExports(Microsoft.Extensions.Options.Options.Create(Options));

    /// <summary>Reads requests again when they are run.</summary>
    public ExportRequestReader Requests { get; set; } = Reader();

    /// <summary>The hosts there are besides.</summary>
    public MemoryHostStore Hosts { get; }

    public MemoryRecordFiles Records { get; } = new();

    public static string FileOf(int rows) =>
        string.Concat(Enumerable.Range(1, rows).Select(n => FormattableString.Invariant($"{n}\n"))) + "end";

    public static ExportRequestReader Reader(IFileFormat? format = null)
    {
        var number = new DatasetColumn { Name = "n", Title = "N", Type = ColumnType.Integer, SqlName = "n" };
        var dataset =
            new Dataset { Name = "numbers", Title = "Numbers", Source = "memory", Table = ["numbers"], Key = [number], Columns = [number] };
        var catalog = new DatasetCatalog([dataset], [new DataSource("memory", SourceProvider.Sqlite, "")]);
        return new ExportRequestReader(
            catalog,
            new FormatCatalog([format ?? new LinesFormat()]),
            new AddressListReader(new NotificationOptions()),
            Microsoft.Extensions.Options.Options.Create(new ExportOptions()));
    }

    public static ExportRequest Request(string json = """{"dataset":"numbers"}""")
    {
        var errors = new FieldErrors();
        using var body = JsonDocument.Parse(json);
        return Reader().Read(body.RootElement, formatParameter: null, RequestNames.Standard, errors)
            ?? throw new InvalidOperationException(string.Join("; ", errors.ByField.SelectMany(pair => pair.Value)));
    }

    /// <summary>The product's own services over this world's memory. What they call outside goes through the fuse.</summary>
    public ServiceProvider Services(Fuse? fuse = null) => Collection(fuse ?? Fuse.Never).BuildServiceProvider();

    /// <summary>What <see cref="Services"/> are built of.</summary>
    public IServiceCollection Collection(Fuse fuse)
    {
        var services = new ServiceCollection()
            .AddExports(new ConfigurationBuilder().Build())
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Options))
            .AddSingleton(new Random(7))
            .AddSingleton(Large)
            .AddSingleton(Requests)
            .AddSingleton(Requests.Datasets)
            .AddSingleton<IRowSource>(Source)
            .AddSingleton<IHostStore>(Hosts)
            .AddSingleton<IIdempotencyKeys>(Keys)
            .AddSingleton<ILargeFilters>(Filters)
            .AddSingleton(Jobs.As(fuse))
            .AddSingleton(Files.As(fuse))
            .AddSingleton(Files.SlicesAs(fuse))
            .AddSingleton(LateFiles.As(fuse))
            .AddSingleton<IExportQueue>(new MemoryQueue(this, fuse))
            .AddSingleton(FollowUp.As(fuse))
            .AddSingleton<IAttemptRecorder>(provider => new AttemptRecorder(
                Records.As(fuse),
                [],
                Microsoft.Extensions.Options.Options.Create(new MonitoringOptions()),
                Time,
                provider.GetRequiredService<ILogger<AttemptRecorder>>()));
        Slices.AddTo(services, fuse);
        return services;
    }

    public ExportSubmission Submission(Fuse? fuse = null) => Services(fuse).GetRequiredService<ExportSubmission>();

    public ExportProcessor Processor(Fuse? fuse = null) => Services(fuse).GetRequiredService<ExportProcessor>();

    /// <summary>Whose turn it is on this host.</summary>
    public ExportTurns Turns() => _turns ??= Services().GetRequiredService<ExportTurns>();

    /// <summary>Where this host, which <see cref="Requests"/> is of, finds that work is to be done.</summary>
    public JobPlacement Placement() => Services().GetRequiredService<JobPlacement>();

    public StaleExports Stale(Fuse? fuse = null) => Services(fuse).GetRequiredService<StaleExports>();

    public ExportRemoval Removal(Fuse? fuse = null) => Services(fuse).GetRequiredService<ExportRemoval>();

    /// <summary>Looks for files that appear late.</summary>
    public LateFiles Late(Fuse? fuse = null) => Services(fuse).GetRequiredService<LateFiles>();

    public async Task<ExportJob> SubmitAsync(
        string? idempotencyKey = null, string json = """{"dataset":"numbers"}""", string caller = "") =>
        (await Submission().SubmitAsync(Request(json), idempotencyKey, new ExportCaller(caller), CancellationToken.None))!;

    /// <summary>A job whose filter is too large for its record.</summary>
    public async Task<ExportJob> SubmitLargeAsync()
    {
        var job = await SubmitAsync(json: $$$"""{"dataset":"numbers","filter":{"column":"n","op":"in","value":[{{{string.Join(',', Enumerable.Range(1, 50_000))}}}]}}""");
        var recorded = await Filters.SetApartAsync(FilterOwner.OfJob(job.Id), job.RequestJson, CancellationToken.None);
        Jobs.Change(job.Id, stored => stored with { RequestJson = recorded });
        return Jobs[job.Id];
    }

    /// <summary>Takes the oldest message, as a worker does.</summary>
    public ExportMessage TakeMessage() =>
        Messages.TryDequeue(out var message) ? message : throw new InvalidOperationException("The queue is empty.");

    /// <summary>Delivers every message, as the queue does: a failed one comes back.</summary>
    public async Task DeliverAsync(int max = 50)
    {
        for (; max > 0 && Messages.TryDequeue(out var message); max--)
        {
            try
            {
                await Processor().ProcessAsync(message, CancellationToken.None);
            }
            catch (ExportFailureException)
            {
                Messages.Enqueue(message);
            }
        }
    }

    /// <summary>Lets time pass until a call is cut off.</summary>
    public async Task PassTimeAsync(CancellationToken token)
    {
        for (var beats = 0; beats < 10_000 && !token.IsCancellationRequested; beats++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(1, CancellationToken.None);
        }
    }

    internal sealed class MemoryKeys : IIdempotencyKeys
    {
        private readonly ConcurrentDictionary<string, (string Request, Guid Job)> _keys = new();

        public Task<Guid?> ClaimAsync(string keyHash, string requestHash, Guid jobId, CancellationToken cancellationToken)
        {
            var held = _keys.GetOrAdd(keyHash, (requestHash, jobId));
            return Task.FromResult<Guid?>(held.Request == requestHash ? held.Job : null);
        }

        public Task ReleaseAsync(string keyHash, Guid jobId, CancellationToken cancellationToken)
        {
            if (_keys.TryGetValue(keyHash, out var held) && held.Job == jobId)
                _keys.TryRemove(keyHash, out _);
            return Task.CompletedTask;
        }

        public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
            Task.FromResult(0);
    }

    private sealed class MemoryQueue(ExportsWorld world, Fuse fuse) : IExportQueue
    {
        public Task SendAsync(ExportMessage message, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            world.Messages.Enqueue(message);
            return Task.CompletedTask;
        });

        public Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
            SendAsync(message, cancellationToken);

        public Task<int> CountAsync(CancellationToken cancellationToken) => Task.FromResult(world.Messages.Count + world.HiddenMessages);

        public Task<bool> HasVisibleAsync(CancellationToken cancellationToken) => Task.FromResult(!world.Messages.IsEmpty);
    }
}
