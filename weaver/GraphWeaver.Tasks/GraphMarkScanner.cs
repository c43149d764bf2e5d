using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GraphWeaver.Tasks;

/// <summary>
/// Looks for <c>[Graph]</c> in a compiled assembly without loading it. A weave that changes nothing still rewrites the assembly and costs a
/// second on a large one; this costs milliseconds, and where the attribute's type is not even referenced, a walk over one table.
/// </summary>
internal static class GraphMarkScanner
{
    public static bool HasMarks(string assemblyPath)
    {
        using FileStream stream = File.OpenRead(assemblyPath);
        using var image = new PEReader(stream);
        MetadataReader metadata = image.GetMetadataReader();

        return metadata.TypeReferences.Any(handle => IsGraphAttribute(metadata, handle))
            && metadata.CustomAttributes.Any(handle => IsMark(metadata, metadata.GetCustomAttribute(handle)));
    }

    private static bool IsMark(MetadataReader metadata, CustomAttribute attribute)
    {
        bool isOnCode = attribute.Parent.Kind is HandleKind.MethodDefinition or HandleKind.TypeDefinition;
        return isOnCode
            && attribute.Constructor.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            && IsGraphAttribute(metadata, (TypeReferenceHandle)type);
    }

    private static bool IsGraphAttribute(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return metadata.StringComparer.Equals(type.Name, "GraphAttribute") && metadata.StringComparer.Equals(type.Namespace, "GraphWeaver");
    }
}
