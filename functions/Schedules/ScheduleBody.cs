using ExportFunctions.Exports;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Reads schedules from bodies.</summary>
public sealed class ScheduleBody(ScheduleRequestReader reader, IOptions<ExportOptions> options)
{
    /// <summary>The validated schedule, or the problem.</summary>
    internal Task<(ScheduleRequest? Asked, Problem? Problem)> ReadAsync(
        HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken) =>
        RequestBody.ReadAsync(
            request,
            options.Value.MaxRequestBytes,
            ExportRequestReader.JsonOptions,
            errors,
            body => reader.Read(body, names, errors),
            cancellationToken);
}
