using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Reads and writes compiled assemblies with Cecil, references resolved to the reference pack as in a real build.</summary>
public static class CecilModules
{
    // Cecil reads assemblies as they are asked for, and is not made for two threads.
    private static readonly ThreadLocal<IAssemblyResolver> Resolver = new(CreateResolver);

    public static CompiledAssembly Rewrite(CompiledAssembly assembly, Action<ModuleDefinition> rewrite)
    {
        using var module = Read(assembly);
        rewrite(module);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider(), SymbolStream = symbols });
        return new CompiledAssembly(assembly.Name, image.ToArray(), symbols.ToArray());
    }

    public static ModuleDefinition Read(CompiledAssembly assembly) => ModuleDefinition.ReadModule(
        new MemoryStream(assembly.Image),
        new ReaderParameters
        {
            AssemblyResolver = Resolver.Value,
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = new MemoryStream(assembly.Symbols),
        });

    private static IAssemblyResolver CreateResolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.RemoveSearchDirectory(".");
        resolver.RemoveSearchDirectory("bin");
        resolver.AddSearchDirectory(CSharpCompiler.ReferencePackDirectory);
        foreach (var directory in CSharpCompiler.LibraryPaths.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            resolver.AddSearchDirectory(directory);
        }

        return resolver;
    }
}
