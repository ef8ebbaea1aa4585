using System.Globalization;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>A line.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Values">Its value at each position; null where there is none, which interrupts the line.</param>
internal sealed record LineSeries(string Name, string Color, IReadOnlyList<double?> Values);

/// <summary>Lines between positions, as SVG.</summary>
internal static class LineChart
{
    public static string Draw(IReadOnlyList<string> labels, IReadOnlyList<LineSeries> series, Func<double, string> text)
    {
        var max = series.SelectMany(line => line.Values).Max() ?? 0;
        var frame = new ChartFrame(labels, [.. series.Select(line => (line.Name, line.Color))], max, text);
        foreach (var line in series)
        {
            var isOpen = false;
            frame.Svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"2\" d=\"");
            for (var place = 0; place < line.Values.Count; place++)
            {
                if (line.Values[place] is { } value)
                    frame.Svg.Append(CultureInfo.InvariantCulture, $"{(isOpen ? 'L' : 'M')}{X(frame, place):0.##} {frame.Y(value):0.##}");
                isOpen = line.Values[place] is not null;
            }

            frame.Svg.Append("\"/>");
            AppendPoints(frame, labels, line, text);
        }

        return frame.Close();
    }

    private static void AppendPoints(ChartFrame frame, IReadOnlyList<string> labels, LineSeries line, Func<double, string> text)
    {
        for (var place = 0; place < line.Values.Count; place++)
        {
            if (line.Values[place] is { } value)
                frame.Svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(frame, place):0.##}\" cy=\"{frame.Y(value):0.##}\" r=\"3\""
                        + $" fill=\"{line.Color}\"><title>{labels[place]}: {line.Name} {text(value)}</title></circle>");
        }
    }

    private static double X(ChartFrame frame, int place) => frame.X(place) + (frame.Place / 2);
}
