using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ExportFunctions.TestHost.Protocol;

/// <summary>The host's end of the one stream between it and its worker.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResult>> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WorkerLog> _logs = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the worker has called.</summary>
    public Task Started => _started.Task;

    /// <summary>Done when the stream has ended, with the worker's process as a rule.</summary>
    public Task Closed => _closed.Task;

    public IReadOnlyCollection<WorkerLog> Logs => _logs;

    /// <summary>How many functions run.</summary>
    public int Running => _running.Count;

    /// <summary>Serves the stream until either side ends it.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(outgoing, cancellationToken);
        try
        {
            while (await incoming.MoveNext(cancellationToken))
                Take(incoming.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The process was killed, or the host stops.
        }

        _outgoing.Writer.TryComplete();
        await writing;
        Close();
    }

    /// <summary>Asks the worker, and waits for what it says to that.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        message.RequestId = Guid.CreateVersion7().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[message.RequestId] = answer;
        Send(message);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Runs a function; never throws for what the function does.</summary>
    /// <param name="request">The invocation.</param>
    /// <param name="cancellationToken">Asks the worker to cancel it; its end is waited for all the same.</param>
    public async Task<InvocationResult> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[request.InvocationId] = ended;
        if (_closed.Task.IsCompleted)
            return new InvocationResult(InvocationOutcome.WorkerGone, null);

        Send(new StreamingMessage { InvocationRequest = request });
        await using var canceling = cancellationToken.Register(
            () => Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        return await ended.Task;
    }

    /// <summary>Tells the worker to end.</summary>
    public void Terminate(TimeSpan grace) =>
        Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>Ends what waits for a worker that is no more.</summary>
    public void Close()
    {
        _closed.TrySetResult();
        _started.TrySetException(new WorkerStartException("The worker ended before it called its host."));
        foreach (var answer in _asked.Values)
            answer.TrySetException(new WorkerStartException("The worker ended before it answered."));

        foreach (var ended in _running.Values)
            ended.TrySetResult(new InvocationResult(InvocationOutcome.WorkerGone, null));
    }

    private void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
                await outgoing.WriteAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException
            or OperationCanceledException or InvalidOperationException or Grpc.Core.RpcException)
        {
            // The other end is gone.
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse when _running.TryRemove(
                message.InvocationResponse.InvocationId, out var ended):
                ended.TrySetResult(ResultOf(message.InvocationResponse.Result));
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                var log = message.RpcLog;
                _logs.Enqueue(new WorkerLog(log.InvocationId, log.Category, log.Level.ToString(), log.Message, TextOf(log.Exception)));
                break;
            default:
                if (_asked.TryRemove(message.RequestId, out var answer))
                    answer.TrySetResult(message);
                break;
        }
    }

    private static InvocationResult ResultOf(StatusResult result) => result.Status switch
    {
        StatusResult.Types.Status.Success => new InvocationResult(InvocationOutcome.Succeeded, null),
        StatusResult.Types.Status.Cancelled => new InvocationResult(InvocationOutcome.Canceled, TextOf(result.Exception)),
        _ => new InvocationResult(InvocationOutcome.Failed, TextOf(result.Exception)),
    };

    internal static string? TextOf(RpcException? exception) => exception is null ? null : $"{exception.Message} {exception.StackTrace}";
}
