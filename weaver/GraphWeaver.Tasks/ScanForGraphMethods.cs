using System.Xml;
using Microsoft.Build.Framework;

namespace GraphWeaver.Tasks;

/// <summary>
/// Decides, between the compiler and Fody, what Fody is to do. Something is marked: our element joins the weaver configuration. Nothing is
/// marked (or GraphWeaver is off): our weaver leaves the list, and Fody is switched off when no other weaver remains, so the assembly stays
/// what the compiler wrote. Where the user's FodyWeavers.xml names us and another weaver keeps Fody going, our weaver stays in the list with
/// <c>Enabled="false"</c>, because Fody refuses an element without its weaver.
/// </summary>
public sealed class ScanForGraphMethods : Microsoft.Build.Utilities.Task
{
    /// <summary>The compiler's output.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    public bool Enabled { get; set; } = true;

    /// <summary>Fody's list of weavers.</summary>
    public ITaskItem[] Weavers { get; set; } = [];

    [Required]
    public string OwnWeaver { get; set; } = "";

    /// <summary>The user's value of the property of that name.</summary>
    public string WeaverConfiguration { get; set; } = "";

    [Required]
    public string ProjectDirectory { get; set; } = "";

    public string SolutionDirectory { get; set; } = "";

    /// <summary>Attributes of our element: the item is the name, its metadata <c>Value</c> the value; empty values are left out.</summary>
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>Written when something is marked; <see cref="ReportDiagnostics"/> removes it.</summary>
    [Required]
    public string PendingMarker { get; set; } = "";

    [Output]
    public bool IsMarked { get; private set; }

    [Output]
    public bool IsFodyNeeded { get; private set; }

    [Output]
    public ITaskItem[] RemainingWeavers { get; private set; } = [];

    [Output]
    public string ComposedConfiguration { get; private set; } = "";

    public override bool Execute()
    {
        IsMarked = Enabled && GraphMarkScanner.HasMarks(Assembly);
        ITaskItem[] others = [.. Weavers.Where(weaver => !IsOwn(weaver))];
        IsFodyNeeded = IsMarked || others.Length > 0;
        RemainingWeavers = Weavers;
        ComposedConfiguration = WeaverConfiguration;

        // Where no solution is built, Fody takes the project's parent folder for the solution's.
        bool hasSolution = SolutionDirectory.Length > 0 && SolutionDirectory != "*Undefined*";
        string solutionDirectory = hasSolution ? SolutionDirectory : Path.Combine(ProjectDirectory, "..");
        string[] files = [Path.Combine(solutionDirectory, "FodyWeavers.xml"), Path.Combine(ProjectDirectory, "FodyWeavers.xml")];
        try
        {
            Decide(others, files);
        }
        catch (XmlException exception)
        {
            Log.LogError("The weaver configuration is not well-formed XML: {0}", exception.Message);
        }

        if (IsMarked)
        {
            FileChange.WriteWhenDifferent(PendingMarker, "");
        }

        return !Log.HasLoggedErrors;
    }

    private void Decide(ITaskItem[] others, string[] files)
    {
        if (IsMarked)
        {
            Dictionary<string, string> attributes = Settings
                .Where(setting => setting.GetMetadata("Value").Length > 0)
                .ToDictionary(setting => setting.ItemSpec, setting => setting.GetMetadata("Value"), StringComparer.Ordinal);
            attributes["Enabled"] = "true";
            ComposedConfiguration = WeaverElement.Compose(WeaverConfiguration, files, attributes);
        }
        else if (IsFodyNeeded && WeaverElement.IsNamed(WeaverConfiguration, files))
        {
            ComposedConfiguration = WeaverElement.Compose(
                WeaverConfiguration, files, new Dictionary<string, string> { ["Enabled"] = "false" });
        }
        else
        {
            RemainingWeavers = others;
        }
    }

    private bool IsOwn(ITaskItem weaver) =>
        string.Equals(Path.GetFileName(weaver.ItemSpec), Path.GetFileName(OwnWeaver), StringComparison.OrdinalIgnoreCase);
}
