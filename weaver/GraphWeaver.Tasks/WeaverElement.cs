using System.Xml.Linq;

namespace GraphWeaver.Tasks;

/// <summary>
/// Puts <c>&lt;GraphWeaver/&gt;</c> into the weaver configuration that Fody gets as an MSBuild property. Fody takes a weaver's element from
/// the last source that has it (solution's FodyWeavers.xml, project's, property) and generates a file only when there is no source at all:
/// so ours always goes into the property, carries over what the user's own element says, and adds what the build knows.
/// </summary>
internal static class WeaverElement
{
    public const string Name = "GraphWeaver";

    /// <param name="configuration">The user's WeaverConfiguration property, often empty.</param>
    /// <param name="files">The FodyWeavers.xml files Fody would read, lowest first; missing ones are skipped.</param>
    /// <param name="attributes">What the build knows; wins over what the user's element says.</param>
    /// <returns>The property's new value.</returns>
    public static string Compose(string configuration, IEnumerable<string> files, IReadOnlyDictionary<string, string> attributes)
    {
        XElement weavers = Parse(configuration);
        XElement? existing = Find(weavers) ?? files.Select(FindInFile).LastOrDefault(element => element is not null);
        var element = new XElement(Name, existing?.Attributes());
        foreach (KeyValuePair<string, string> attribute in attributes)
        {
            element.SetAttributeValue(attribute.Key, attribute.Value);
        }

        Find(weavers)?.Remove();
        weavers.Add(element);
        return weavers.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Whether the user wrote our element somewhere; Fody then insists on a weaver of that name.</summary>
    public static bool IsNamed(string configuration, IEnumerable<string> files) =>
        Find(Parse(configuration)) is not null || files.Any(file => FindInFile(file) is not null);

    private static XElement Parse(string configuration) =>
        configuration.Trim().Length == 0 ? new XElement("Weavers") : XElement.Parse(configuration);

    private static XElement? FindInFile(string file) => File.Exists(file) ? Find(XElement.Load(file)) : null;

    private static XElement? Find(XElement weavers) =>
        weavers.Elements().FirstOrDefault(element => string.Equals(element.Name.LocalName, Name, StringComparison.OrdinalIgnoreCase));
}
