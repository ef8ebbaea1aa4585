namespace ExportFunctions.Problems;

/// <summary>Whether a retry can help.</summary>
public enum FailureKind
{
    /// <summary>A retry gives the same result: the job fails with the reason.</summary>
    Permanent,

    /// <summary>The fault may be transient (database or storage unavailable, timeout): the message returns to the queue.</summary>
    Transient,
}

/// <summary>Why an export failed.</summary>
/// <param name="Code">A stable code in snake_case, such as <c>column_missing</c>.</param>
/// <param name="Reason">A sentence that is safe to show: no values of rows, no connection strings, no exception texts.</param>
/// <param name="Kind">Whether a retry can help.</param>
public sealed record ExportFailure(string Code, string Reason, FailureKind Kind);

/// <summary>Carries an <see cref="ExportFailure"/> out of a source, writer or store.</summary>
/// <param name="failure">The failure.</param>
/// <param name="innerException">The cause, for the log.</param>
public sealed class ExportFailureException(ExportFailure failure, Exception? innerException = null)
    : Exception(failure.Reason, innerException)
{
    /// <summary>The failure.</summary>
    public ExportFailure Failure { get; } = failure;

    /// <summary>A failure that a retry can't fix.</summary>
    /// <param name="code">A stable code in snake_case.</param>
    /// <param name="reason">A sentence that is safe to show.</param>
    /// <param name="innerException">The cause, for the log.</param>
    public static ExportFailureException Permanent(string code, string reason, Exception? innerException = null) =>
        new(new ExportFailure(code, reason, FailureKind.Permanent), innerException);

    /// <summary>A failure that may be transient.</summary>
    /// <param name="code">A stable code in snake_case.</param>
    /// <param name="reason">A sentence that is safe to show.</param>
    /// <param name="innerException">The cause, for the log.</param>
    public static ExportFailureException Transient(string code, string reason, Exception? innerException = null) =>
        new(new ExportFailure(code, reason, FailureKind.Transient), innerException);
}
