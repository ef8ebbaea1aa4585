using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>
/// The common parts of charts: the axis with round values, the days below it, and the legend. Lengths are in units of the drawing, 480 by
/// 220.
/// </summary>
internal sealed class ChartFrame
{
    private const double Width = 480;
    private const double Height = 220;
    private const double Left = 56;
    private const double Right = 8;
    private const double Top = 26;
    private const double Bottom = 24;
    private const int Steps = 4;

    private readonly StringBuilder _svg = new();
    private readonly int _places;
    private readonly double _max;

    public ChartFrame(
        IReadOnlyList<string> labels, IReadOnlyList<(string Name, string Color)> series, double max, Func<double, string> text)
    {
        _places = Math.Max(labels.Count, 1);
        _max = RoundUp(max);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{string.Join(", ", series.Select(item => HtmlEncoder.Default.Encode(item.Name)))}\" font-size=\"11\" fill=\"#5a6876\">");
        AppendAxis(text);
        AppendLabels(labels);
        AppendLegend(series);
    }

    /// <summary>The width of a day's slot.</summary>
    public double Place => (Width - Left - Right) / _places;

    /// <summary>The left edge of a day's slot.</summary>
    public double X(int place) => Left + (place * Place);

    /// <summary>The vertical position of a value.</summary>
    public double Y(double value) => Height - Bottom - (value / _max * (Height - Top - Bottom));

    /// <summary>Adds to the drawing.</summary>
    public StringBuilder Svg => _svg;

    public string Close() => _svg.Append("</svg>").ToString();

    /// <summary>The next value of 1, 2, 2.5, 4, 5 or 8 times a power of ten, so that a quarter of it is easy to read.</summary>
    internal static double RoundUp(double value)
    {
        if (value <= 0)
            return 1;

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 2.5, 4, 5, 8, 10 }.Select(step => step * power).First(step => step >= value * 0.999999);
    }

    private void AppendAxis(Func<double, string> text)
    {
        for (var step = 0; step <= Steps; step++)
        {
            var value = _max * step / Steps;
            var y = Y(value);
            _svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"{(step == 0 ? "#9aa7b4" : "#e6ebf0")}\"/>");
            _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{HtmlEncoder.Default.Encode(step == 0 ? "0" : text(value))}</text>");
        }
    }

    private void AppendLabels(IReadOnlyList<string> labels)
    {
        // As many labels as fit side by side.
        var every = (int)Math.Ceiling(labels.Count / 8.0);
        for (var place = 0; place < labels.Count; place += Math.Max(every, 1))
            _svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{X(place) + (Place / 2):0.#}\" y=\"{Height - 8}\""
                    + $" text-anchor=\"middle\">{HtmlEncoder.Default.Encode(labels[place])}</text>");
    }

    private void AppendLegend(IReadOnlyList<(string Name, string Color)> series)
    {
        if (series.Count < 2)
            return;

        for (var item = 0; item < series.Count; item++)
        {
            var x = Left + (item * 90);
            _svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x}\" y=\"5\" width=\"10\" height=\"10\" rx=\"2\" fill=\"{series[item].Color}\"/><text x=\"{x + 15}\""
                    + $" y=\"14\">{HtmlEncoder.Default.Encode(series[item].Name)}</text>");
        }
    }
}
