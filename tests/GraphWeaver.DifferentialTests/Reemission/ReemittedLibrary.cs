using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.DifferentialTests.Harness;
using Mono.Cecil;

namespace GraphWeaver.DifferentialTests.Reemission;

/// <summary>An assembly every body of which went through the IR and through each pass that a marked method goes through without being bound.</summary>
internal sealed class ReemittedLibrary
{
    private static readonly (string Name, Action<Function> Run)[] Passes =
    [
        ("slot promotion", SlotPromotion.Run),
        ("static delegates", StaticDelegates.Run),
        ("whole stores", WholeStores.Run),
        ("return splitting", ReturnSplitting.Run),
        ("dead code", DeadCode.Run),
        ("scope pruning", ScopePruning.Run),
    ];

    public ReemittedLibrary(byte[] original)
    {
        Original = original;
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(CSharpCompiler.ReferencePackDirectory);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(original), new ReaderParameters { AssemblyResolver = resolver });
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Emit(method);
            Emitted++;
        }

        using var image = new MemoryStream();
        module.Write(image);
        Image = image.ToArray();
    }

    public byte[] Original { get; }

    public byte[] Image { get; }

    /// <summary>Bodies that were lifted and emitted.</summary>
    public int Emitted { get; }

    private static void Emit(MethodDefinition method)
    {
        var function = Lifter.Lift(method);
        Verifier.Check(function, "lift");
        foreach (var (name, run) in Passes)
        {
            run(function);
            Verifier.Check(function, name);
        }

        BodyEmitter.Emit(function, method);
    }
}
