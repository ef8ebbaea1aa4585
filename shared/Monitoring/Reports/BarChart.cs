using System.Globalization;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>A segment of each bar.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Values">Its value at each position.</param>
internal sealed record BarSeries(string Name, string Color, IReadOnlyList<double> Values);

/// <summary>A stacked bar for each position, as SVG.</summary>
internal static class BarChart
{
    public static string Draw(IReadOnlyList<string> labels, IReadOnlyList<BarSeries> series, Func<double, string> text)
    {
        var max = labels.Select((_, place) => series.Sum(part => part.Values[place])).DefaultIfEmpty(0).Max();
        var frame = new ChartFrame(labels, [.. series.Select(part => (part.Name, part.Color))], max, text);
        var width = Math.Min(frame.Place * 0.7, 44);
        for (var place = 0; place < labels.Count; place++)
        {
            var below = 0.0;
            foreach (var part in series.Where(part => part.Values[place] > 0))
            {
                var (top, bottom) = (frame.Y(below + part.Values[place]), frame.Y(below));
                frame.Svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{frame.X(place) + ((frame.Place - width) / 2):0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\""
                        + $" height=\"{bottom - top:0.##}\" fill=\"{part.Color}\"><title>{labels[place]}: {part.Name}"
                            + $" {text(part.Values[place])}</title></rect>");
                below += part.Values[place];
            }
        }

        return frame.Close();
    }
}
