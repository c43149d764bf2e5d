using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Specialisation;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Which methods of a module may be lifted into their callers, and their bodies as the compiler made them, woven meanwhile or not; of generic
/// ones with the type arguments of the call put in, while the places in source are those of the one body its author wrote. What is left a
/// call: what its author asked to keep or vouched for, what reads the stack of calls, what is no ordinary body, recursion, and what has no
/// tensor to work on.
/// </summary>
internal sealed class InlinableMethods(ModuleDefinition module, PurityAnalysis purity, IReadOnlyDictionary<MethodDefinition, GraphSettings> marked)
{
    private const int MostInstructions = 250;
    private readonly Dictionary<MethodDefinition, bool> verdicts = [];
    private readonly Dictionary<MethodDefinition, MethodDefinition> originals = [];
    private readonly Dictionary<string, MethodDefinition> closed = [];

    /// <summary>Says where the original body of a woven method is kept.</summary>
    public void Keep(MethodDefinition woven, MethodDefinition original) => originals[woven] = original;

    /// <summary>The method that holds the body the compiler made.</summary>
    public MethodDefinition Original(MethodDefinition method) => originals.TryGetValue(method, out var original) ? original : method;

    /// <summary>The body the compiler made, as a call runs it: with the type arguments of the reference, where that is one, put in.</summary>
    public MethodDefinition Body(MethodReference called)
    {
        if (called is MethodDefinition definition)
        {
            return Original(definition);
        }

        var key = KeyOf(called);
        if (!closed.TryGetValue(key, out var body))
        {
            closed[key] = body = ClosedBody.Clone(Original(called));
        }

        return body;
    }

    /// <summary>Whether a body belongs to a method that is woven, and reported, on its own.</summary>
    public bool IsWovenItself(MethodDefinition method) => marked.ContainsKey(method) || originals.ContainsValue(method);

    /// <summary>Whether a method may be lifted into a caller of these settings.</summary>
    public bool Allows(CallTarget target, GraphSettings caller)
    {
        var method = target.Method;
        if (marked.TryGetValue(method, out var own) && own != caller)
        {
            return false;
        }

        if (!verdicts.TryGetValue(method, out var verdict))
        {
            verdicts[method] = verdict = IsOrdinary(method) && !ReachesItself(method);
        }

        return verdict && HasTensor(Body(target.Called));
    }

    /// <summary>The method in SSA form, one copy for each call; null when it is not lifted.</summary>
    public Function? Lift(MethodReference called)
    {
        var method = called.Resolve();
        try
        {
            var function = Lifter.Lift(Body(called));
            foreach (var instruction in function.Instructions)
            {
                instruction.Site = instruction.Site with { Method = Original(method) };
            }

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
        && method is { NoInlining: false, IsSynchronized: false, CallingConvention: not MethodCallingConvention.VarArg }
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

    private MethodReference Original(MethodReference called)
    {
        var definition = called.Resolve();
        var original = Original(definition);
        if (original == definition)
        {
            return called;
        }

        var element = Closing.On(original, called.DeclaringType);
        if (called is not GenericInstanceMethod generic)
        {
            return element;
        }

        var instance = new GenericInstanceMethod(element);
        generic.GenericArguments.ToList().ForEach(instance.GenericArguments.Add);
        return instance;
    }

    /// <summary>Two types of one name are told apart by their assemblies.</summary>
    private static string KeyOf(MethodReference called)
    {
        IEnumerable<TypeReference> arguments =
        [
            .. called.DeclaringType is GenericInstanceType owner ? owner.GenericArguments : [],
            .. called is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ];
        return string.Join(" ", arguments.Select(argument => argument.GetElementType().Scope?.Name).Prepend(called.FullName));
    }

    private bool IsOfModule(MethodReference called) => called.DeclaringType.GetElementType()?.Scope == module;
}
