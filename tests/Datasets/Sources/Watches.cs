using ExportFunctions.Datasets.Sources;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>A watch whose log nobody reads.</summary>
internal static class Watches
{
    public static SourceWatch Silent() => new(new OutageLog(TimeProvider.System, NullLogger<OutageLog>.Instance));
}
