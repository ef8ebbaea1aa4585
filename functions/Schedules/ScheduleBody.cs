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
    /// <summary>The checked schedule, or the problem.</summary>
    internal async Task<(ScheduleRequest? Schedule, Problem? Problem)> ReadAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, ExportRequestReader.JsonOptions, errors, cancellationToken);
        if (problem is not null)
            return (null, problem);

        using (body)
        {
            var schedule = reader.Read(body!.RootElement, names, errors);
            return schedule is null ? (null, ProblemCatalog.InvalidRequest(errors)) : (schedule, null);
        }
    }
}
