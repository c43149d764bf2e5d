using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Emission;

/// <summary>What the portable symbols of an assembly say about a method, read by the runtime's own reader.</summary>
internal sealed class DebugSymbols : IDisposable
{
    private readonly PEReader image;
    private readonly MetadataReader metadata;
    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader symbols;

    public DebugSymbols(CompiledAssembly assembly)
    {
        image = new PEReader(ImmutableArray.Create(assembly.Image));
        metadata = image.GetMetadataReader();
        provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(assembly.Symbols));
        symbols = provider.GetMetadataReader();
    }

    public IEnumerable<string> Methods => metadata.MethodDefinitions.Select(handle => metadata.GetMethodDefinition(handle))
        .Where(method => method.RelativeVirtualAddress != 0)
        .Select(NameOf);

    public IReadOnlyList<SequencePoint> Points(string method) => [.. symbols.GetMethodDebugInformation(Find(method).ToDebugInformationHandle()).GetSequencePoints()];

    public IReadOnlyList<Scope> Scopes(string method) =>
    [
        .. symbols.GetLocalScopes(Find(method).ToDebugInformationHandle()).Select(symbols.GetLocalScope).Select(scope => new Scope(
            scope.StartOffset,
            scope.EndOffset,
            [.. scope.GetLocalVariables().Select(symbols.GetLocalVariable).Select(variable => (symbols.GetString(variable.Name), variable.Index))],
            string.Join(",", scope.GetLocalConstants().Select(symbols.GetLocalConstant).Select(constant => symbols.GetString(constant.Name))),
            scope.ImportScope.IsNil ? "" : string.Join(",", symbols.GetImportScope(scope.ImportScope).GetImports().Select(import => import.Kind)) + "/" + MetadataTokens.GetRowNumber(scope.ImportScope))),
    ];

    public int CodeLength(string method) => Body(method).GetILBytes()!.Length;

    public int LocalCount(string method) => Body(method).LocalSignature is { IsNil: false } signature
        ? LocalCount(metadata.GetBlobReader(metadata.GetStandaloneSignature(signature).Signature))
        : 0;

    public bool IsMarked(string method, string attribute)
    {
        var definition = metadata.GetMethodDefinition(Find(method));
        return definition.GetCustomAttributes().Concat(Outwards(definition.GetDeclaringType()).SelectMany(type => metadata.GetTypeDefinition(type).GetCustomAttributes()))
            .Any(handle => metadata.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
                && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == attribute);
    }

    public void Dispose()
    {
        provider.Dispose();
        image.Dispose();
    }

    private MethodBodyBlock Body(string method) => image.GetMethodBody(metadata.GetMethodDefinition(Find(method)).RelativeVirtualAddress);

    private MethodDefinitionHandle Find(string name) => metadata.MethodDefinitions.Single(handle => NameOf(metadata.GetMethodDefinition(handle)) == name);

    private string NameOf(MethodDefinition method) =>
        string.Join("+", Outwards(method.GetDeclaringType()).Reverse().Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name))) + "." + metadata.GetString(method.Name);

    private IEnumerable<TypeDefinitionHandle> Outwards(TypeDefinitionHandle type)
    {
        for (; !type.IsNil; type = metadata.GetTypeDefinition(type).GetDeclaringType())
        {
            yield return type;
        }
    }

    private static int LocalCount(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }
}

/// <summary>A local scope.</summary>
internal sealed record Scope(int Start, int End, IReadOnlyList<(string Name, int Index)> Variables, string Constants, string Imports)
{
    public override string ToString() => $"{Start}..{End} {string.Join(",", Variables)} {Constants} {Imports}";
}
