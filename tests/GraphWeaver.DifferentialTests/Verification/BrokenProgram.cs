using GraphWeaver.DifferentialTests.Harness;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Verification;

/// <summary>Woven programs whose woven code is wrong on purpose: only Verify mode can tell.</summary>
internal static class BrokenProgram
{
    /// <summary>Every kernel subtracts where it should add.</summary>
    public static LoadedProgram WithWrongKernels(WovenProgram program) => Load(program, module =>
    {
        var calls = Kernels(module.Types).SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Where(il => il.Operand is MethodReference { Name: "Add" })
            .Select(il => ((MethodReference)il.Operand).GetElementMethod())
            .Distinct()
            .ToList();
        Assert.NotEmpty(calls);
        calls.ForEach(call => call.Name = "Subtract");
    });

    /// <summary>The woven body of one method is changed; its original body and what verifies it are not.</summary>
    public static LoadedProgram With(WovenProgram program, string type, string method, Action<MethodBody> damage) =>
        Load(program, module => damage(module.GetType(type).Methods.Single(candidate => candidate.Name == method).Body));

    private static LoadedProgram Load(WovenProgram program, Action<ModuleDefinition> damage) => new(CecilModules.Rewrite(program.Image, damage));

    private static IEnumerable<TypeDefinition> Kernels(IEnumerable<TypeDefinition> types) =>
        types.Where(type => type.Name == "<GraphWeaver>Kernels").SelectMany(type => type.NestedTypes.Append(type));
}
