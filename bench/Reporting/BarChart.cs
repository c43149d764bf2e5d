using System.Globalization;
using System.Net;
using System.Text;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>
/// Horizontal bars of ratios on a logarithmic axis, from 1 to the left and to the right: one group for each peer, one bar for each size.
/// Written as SVG text, so that a picture is a readable difference in the repository.
/// </summary>
internal sealed class BarChart(string title, IReadOnlyList<string> series, IReadOnlyList<(string Name, double?[] Values)> groups)
{
    private const int LabelWidth = 210;
    private const int PlotWidth = 560;
    private const int ValueWidth = 60;
    private const int Top = 56;
    private const int BarHeight = 9;
    private const int GroupGap = 8;

    private static readonly string[] colours = ["#9ecae1", "#4292c6", "#08519c", "#08306b"];

    public string ToSvg()
    {
        double[] all = [.. groups.SelectMany(group => group.Values).Where(value => value is not null).Select(value => value!.Value)];
        double low = Math.Min(0.5, Math.Pow(2, Math.Floor(Math.Log2(all.DefaultIfEmpty(1).Min()))));
        double high = Math.Max(2, Math.Pow(2, Math.Ceiling(Math.Log2(all.DefaultIfEmpty(1).Max()))));
        double X(double ratio) => LabelWidth + PlotWidth * Math.Log(ratio / low) / Math.Log(high / low);

        int groupHeight = series.Count * BarHeight + GroupGap;
        int bottom = Top + groups.Count * groupHeight;
        int width = LabelWidth + PlotWidth + ValueWidth;
        var svg = new StringBuilder();
        svg.Append(Text.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{bottom + 24}\" font-family=\"sans-serif\" font-size=\"11\">\n"));
        svg.Append(Text.Invariant($"<rect width=\"{width}\" height=\"{bottom + 24}\" fill=\"white\"/>\n"));
        svg.Append(Text.Invariant($"<text x=\"8\" y=\"18\" font-size=\"13\">{WebUtility.HtmlEncode(title)}</text>\n"));
        Legend(svg);
        for (double tick = low; tick <= high; tick *= 2)
        {
            string colour = tick == 1 ? "black" : "#dddddd";
            svg.Append(Text.Invariant($"<line x1=\"{X(tick):F1}\" y1=\"{Top}\" x2=\"{X(tick):F1}\" y2=\"{bottom}\" stroke=\"{colour}\"/>\n"));
            svg.Append(Text.Invariant($"<text x=\"{X(tick):F1}\" y=\"{bottom + 14}\" text-anchor=\"middle\">{tick.ToString("G4", CultureInfo.InvariantCulture)}</text>\n"));
        }

        for (int i = 0; i < groups.Count; i++)
        {
            int y = Top + i * groupHeight + GroupGap / 2;
            svg.Append(Text.Invariant($"<text x=\"{LabelWidth - 8}\" y=\"{y + groupHeight / 2}\" text-anchor=\"end\">{WebUtility.HtmlEncode(groups[i].Name)}</text>\n"));
            Bars(svg, groups[i].Values, y, X);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Bars(StringBuilder svg, double?[] values, int y, Func<double, double> place)
    {
        for (int bar = 0; bar < values.Length; bar++)
        {
            if (values[bar] is not { } ratio)
            {
                continue;
            }

            double from = Math.Min(place(1), place(ratio));
            double length = Math.Max(1, Math.Abs(place(ratio) - place(1)));
            int at = y + bar * BarHeight;
            svg.Append(Text.Invariant($"<rect x=\"{from:F1}\" y=\"{at}\" width=\"{length:F1}\" height=\"{BarHeight - 1}\" fill=\"{colours[bar % colours.Length]}\"/>\n"));
            svg.Append(Text.Invariant($"<text x=\"{Math.Max(place(1), place(ratio)) + 3:F1}\" y=\"{at + BarHeight - 1}\" font-size=\"8\">{Text.Ratio(ratio)}</text>\n"));
        }
    }

    private void Legend(StringBuilder svg)
    {
        for (int i = 0; i < series.Count; i++)
        {
            int x = LabelWidth + i * 90;
            svg.Append(Text.Invariant($"<rect x=\"{x}\" y=\"30\" width=\"10\" height=\"10\" fill=\"{colours[i % colours.Length]}\"/>\n"));
            svg.Append(Text.Invariant($"<text x=\"{x + 14}\" y=\"39\">{WebUtility.HtmlEncode(series[i])}</text>\n"));
        }
    }
}
