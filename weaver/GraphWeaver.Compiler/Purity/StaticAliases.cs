using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Whether code that was vouched for, and so was not read, loads a static field that holds a mutable object: what it returns
/// may be that object. Code that was read never does.
/// </summary>
internal sealed class StaticAliases(IAssemblyBodies bodies)
{
    private const int MostMethods = 200;
    private readonly HashSet<MethodDefinition> seen = [];
    private readonly ImmutableTypes immutable = new(bodies);

    public bool MayReach(MethodDefinition method)
    {
        if (!seen.Add(method))
        {
            return false;
        }

        return seen.Count > MostMethods || (method.HasBody && method.Body.Instructions.Any(IsAlias));
    }

    private bool IsAlias(Instruction instruction) => instruction.Operand switch
    {
        FieldReference field when instruction.OpCode.Code is Code.Ldsfld or Code.Ldsflda => !EffectAnalysis.IsLambdaCache(field) && !ArrayCaches.IsAccess(instruction)
            && !immutable.Contains(field.FieldType) && bodies.Find(field) is not { RVA: > 0 },
        MethodReference callee => bodies.Find(callee) is { } definition && !Framework.Owns(definition.DeclaringType) && PurityTable.Curated.Find(definition) is null && MayReach(definition),
        _ => false,
    };
}
