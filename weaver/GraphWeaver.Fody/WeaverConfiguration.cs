using System.Globalization;
using System.Xml.Linq;
using Fody;
using GraphWeaver.Compiler;

namespace GraphWeaver.Fody;

/// <summary>
/// The <c>&lt;GraphWeaver/&gt;</c> element, read strictly: our targets write it from MSBuild properties, a user may write part of it in
/// FodyWeavers.xml, and a misspelt attribute that was silently ignored would be a switch that does nothing.
/// </summary>
internal sealed class WeaverConfiguration
{
    private static readonly string[] KnownAttributes =
        ["Enabled", "Fallback", "EvaluationTimeout", "Diagnostics", "Evaluator", "DotnetHost", "Frameworks"];

    /// <summary>False where another weaver keeps Fody running in a project whose FodyWeavers.xml names us but where nothing is marked.</summary>
    public bool IsEnabled { get; private init; }

    public FallbackPolicy Fallback { get; private init; }

    public TimeSpan EvaluationTimeout { get; private init; }

    /// <summary>Where the hand-over file goes, or null when the element was not written by our targets.</summary>
    public string? DiagnosticsPath { get; private init; }

    public string? EvaluatorPath { get; private init; }

    public string DotnetHost { get; private init; } = "dotnet";

    public IReadOnlyList<string> Frameworks { get; private init; } = [];

    /// <exception cref="WeavingException">An attribute is unknown or its value is not one of the allowed ones.</exception>
    public static WeaverConfiguration Read(XElement element)
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration && !KnownAttributes.Contains(attribute.Name.LocalName))
            {
                throw new WeavingException(
                    $"<GraphWeaver> has no attribute '{attribute.Name.LocalName}'. Known attributes: {string.Join(", ", KnownAttributes)}.");
            }
        }

        return new WeaverConfiguration
        {
            IsEnabled = ReadEnabled(element),
            Fallback = ReadFallback(element),
            EvaluationTimeout = ReadTimeout(element),
            DiagnosticsPath = Text(element, "Diagnostics"),
            EvaluatorPath = Text(element, "Evaluator"),
            DotnetHost = Text(element, "DotnetHost") ?? "dotnet",
            Frameworks = (Text(element, "Frameworks") ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries),
        };
    }

    private static bool ReadEnabled(XElement element)
    {
        string text = Text(element, "Enabled") ?? "true";
        return bool.TryParse(text, out bool isEnabled)
            ? isEnabled
            : throw new WeavingException($"GraphWeaver's Enabled is '{text}'; it must be true or false.");
    }

    private static FallbackPolicy ReadFallback(XElement element)
    {
        string text = Text(element, "Fallback") ?? nameof(FallbackPolicy.Warn);
        string[] names = Enum.GetNames(typeof(FallbackPolicy));
        string? name = names.FirstOrDefault(candidate => string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase));
        return name is null
            ? throw new WeavingException($"GraphWeaverFallback is '{text}'; it must be one of {string.Join(", ", names)}.")
            : (FallbackPolicy)Enum.Parse(typeof(FallbackPolicy), name);
    }

    private static TimeSpan ReadTimeout(XElement element)
    {
        string? text = Text(element, "EvaluationTimeout");
        if (text is null)
        {
            return new WeavingOptions { AssemblyPath = "", ProjectDirectory = "" }.EvaluationTimeout;
        }

        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return isNumber && seconds > 0 && seconds <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new WeavingException($"GraphWeaverEvaluationTimeout is '{text}'; it must be a number of seconds above 0 and at most a day.");
    }

    private static string? Text(XElement element, string name)
    {
        string? value = element.Attribute(name)?.Value.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
