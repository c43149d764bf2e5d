using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// What the source calls a value where an instruction takes it. SSA has no variables any more, but the IL does: from the instruction's place
/// the evaluation stack is followed back to what pushed the operand, and where that reads a local, the symbols have its name. Only within
/// a straight run of IL; names the compiler made up are none.
/// </summary>
internal sealed class BodyNames
{
    private readonly MethodDefinition method;
    private readonly IReadOnlyList<IlInstruction> body;
    private readonly Dictionary<int, int> indexOf = [];
    private readonly HashSet<IlInstruction> targets = [];

    public BodyNames(MethodDefinition method)
    {
        this.method = method;
        body = method.HasBody ? [.. method.Body.Instructions] : [];
        for (var i = 0; i < body.Count; i++)
        {
            indexOf[body[i].Offset] = i;
            targets.UnionWith(body[i].Operand switch
            {
                IlInstruction target => [target],
                IlInstruction[] several => several,
                _ => [],
            });
        }
    }

    /// <summary>The variable, parameter or field an input is read from at its use, or null when it is an expression.</summary>
    public string? OfInput(Instruction user, int index)
    {
        if (!indexOf.TryGetValue(user.Site.Offset, out var position))
        {
            return null;
        }

        var depth = StackEffect.PopCount(body[position]) - index;
        while (depth > 0 && position > 0 && !targets.Contains(body[position]))
        {
            var il = body[--position];
            var code = CanonicalInstruction.From(il, method.Body);
            if (code.EndsBlock)
            {
                return null;
            }

            var pushed = PushCount(il);
            if (depth > pushed)
            {
                depth += StackEffect.PopCount(il) - pushed;
            }
            else if (IsTransparent(il))
            {
                depth = 1;
            }
            else
            {
                return Name(code, il.Offset);
            }
        }

        return null;
    }

    private string? Name(CanonicalInstruction code, int offset) => code switch
    {
        { Code: Code.Ldloc or Code.Ldloca, Operand: VariableDefinition variable } => NameOf(variable, offset),
        { Code: Code.Ldarg or Code.Ldarga, Operand: int index } => NameOf(index),
        { Code: Code.Ldfld or Code.Ldsfld or Code.Ldflda or Code.Ldsflda, Operand: FieldReference field } => MethodNames.OfField(field),
        _ => null,
    };

    private string? NameOf(int argument) => method.HasThis && argument == 0 ? "this" : method.Parameters[argument - (method.HasThis ? 1 : 0)].Name;

    /// <summary>The name in the innermost scope around an offset: in Release two variables may take turns in one local.</summary>
    private string? NameOf(VariableDefinition variable, int offset)
    {
        string? name = null;
        for (var scope = method.DebugInformation.Scope; scope is not null; scope = scope.Scopes.FirstOrDefault(inner => Holds(inner, offset)))
        {
            name = scope.Variables.Where(known => known.Index == variable.Index && !known.IsDebuggerHidden).Select(known => known.Name).FirstOrDefault() ?? name;
        }

        return name is not null && SourceNames.IsWritten(name) ? name : null;
    }

    private static bool Holds(ScopeDebugInformation scope, int offset) => scope.Start.Offset <= offset && (scope.End.IsEndOfMethod || offset < scope.End.Offset);

    /// <summary>The reader does not see it in the source, or takes the value for the same.</summary>
    private static bool IsTransparent(IlInstruction il) =>
        il.OpCode.Code is Code.Dup or Code.Box or Code.Castclass or (>= Code.Conv_I1 and <= Code.Conv_U8) or Code.Conv_R_Un or (>= Code.Conv_U2 and <= Code.Conv_Ovf_U) or Code.Conv_U
        || (il.Operand is MethodReference { Name: "op_Implicit" } && StackEffect.PopCount(il) == 1);

    private static int PushCount(IlInstruction il) => il.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => il.Operand is IMethodSignature signature && StackTypes.IsVoid(signature.ReturnType) ? 0 : 1,
        _ => 1,
    };
}
