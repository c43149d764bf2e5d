using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Which methods of a module may be lifted into their callers, and their bodies as the compiler made them, woven meanwhile or not. What is left
/// a call: what its author asked to keep or vouched for, what reads the stack of calls, what is no ordinary body, recursion, and what has no
/// tensor to work on.
/// </summary>
internal sealed class InlinableMethods(ModuleDefinition module, PurityAnalysis purity, IReadOnlyDictionary<MethodDefinition, GraphSettings> marked)
{
    private const int MostInstructions = 250;
    private readonly Dictionary<MethodDefinition, bool> verdicts = [];
    private readonly Dictionary<MethodDefinition, MethodDefinition> originals = [];

    /// <summary>Says where the original body of a woven method is kept.</summary>
    public void Keep(MethodDefinition woven, MethodDefinition original) => originals[woven] = original;

    /// <summary>The method that holds the body the compiler made.</summary>
    public MethodDefinition Original(MethodDefinition method) => originals.TryGetValue(method, out var original) ? original : method;

    /// <summary>Whether a body belongs to a method that is woven, and reported, on its own.</summary>
    public bool IsWovenItself(MethodDefinition method) => marked.ContainsKey(method) || originals.ContainsValue(method);

    /// <summary>Whether a method may be lifted into a caller of these settings.</summary>
    public bool Allows(MethodDefinition method, GraphSettings caller)
    {
        if (marked.TryGetValue(method, out var own) && own != caller)
        {
            return false;
        }

        if (!verdicts.TryGetValue(method, out var verdict))
        {
            verdicts[method] = verdict = IsOrdinary(method) && HasTensor(method) && !ReachesItself(method);
        }

        return verdict;
    }

    /// <summary>The method in SSA form, one copy for each call; null when it is not lifted.</summary>
    public Function? Lift(MethodDefinition method)
    {
        try
        {
            var function = Lifter.Lift(Original(method));
            StaticDelegates.Run(function);
            SlotPromotion.Run(function);
            return function;
        }
        catch (NotLiftedException)
        {
            verdicts[method] = false;
            return null;
        }
    }

    /// <summary>Whether a body switches the mode: the methods it calls afterwards ask for it.</summary>
    public static bool SwitchesMode(MethodDefinition method) =>
        Calls(method).Any(called => called is { Name: "set_Current", DeclaringType.FullName: "GraphWeaver.GraphMode" });

    private static bool HasTensor(MethodDefinition method) =>
        TensorTypes.IsTensor(method.ReturnType) || method.Parameters.Any(parameter => TensorTypes.IsTensor(parameter.ParameterType));

    private bool IsOrdinary(MethodDefinition method) =>
        Eligibility.Obstacle(method) is null
        && !method.IsConstructor
        && method is { NoInlining: false, IsSynchronized: false, HasGenericParameters: false, DeclaringType.HasGenericParameters: false, CallingConvention: not MethodCallingConvention.VarArg }
        && method.ReturnType is not ByReferenceType
        && !purity.HasWord(method)
        && IsOrdinaryBody(Original(method));

    private static bool IsOrdinaryBody(MethodDefinition method) =>
        method.Body.Instructions.Count <= MostInstructions
        && !method.Body.Variables.Any(variable => variable.VariableType is PinnedType)
        && !method.Body.Instructions.Any(il => il.OpCode.Code is Code.Localloc or Code.Jmp or Code.Arglist)
        && !SwitchesMode(method)
        && !Calls(method).Any(LooksAtCallers);

    private static bool LooksAtCallers(MethodReference called) =>
        called.Name is "GetCurrentMethod" or "GetCallingAssembly" or "get_StackTrace"
        || called.DeclaringType.FullName is "System.Diagnostics.StackTrace" or "System.Diagnostics.StackFrame";

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.Body.Instructions.Select(il => il.Operand).OfType<MethodReference>();

    /// <summary>Recursion, direct or by way of others, delegates among them.</summary>
    private bool ReachesItself(MethodDefinition method)
    {
        var seen = new HashSet<MethodDefinition>();
        var open = new Stack<MethodDefinition>([method]);
        while (open.Count > 0)
        {
            var body = Original(open.Pop());
            foreach (var called in body.HasBody ? Calls(body) : [])
            {
                if (IsOfModule(called) && called.Resolve() is { } definition)
                {
                    if (definition == method)
                    {
                        return true;
                    }

                    if (seen.Add(definition))
                    {
                        open.Push(definition);
                    }
                }
            }
        }

        return false;
    }

    private bool IsOfModule(MethodReference called) => called.DeclaringType.GetElementType()?.Scope == module;
}
