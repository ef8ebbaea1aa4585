using ExportFunctions.Bench;

return args switch
{
    ["post", .. var rest] => await PostBench.RunAsync(rest),
    ["exports", .. var rest] => await ExportsBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        dotnet run -c Release --project bench -- post [requests] [a second]   latency of POST /api/v1/exports, Azurite included
        dotnet run -c Release --project bench -- exports [students]             each format end to end: seconds, rows/s, bytes, the host's peak memory
        """);
    return 2;
}
