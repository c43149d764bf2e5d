using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Lifts helpers of the module that take or give tensors into the method, so that kernels form across the borders of methods. Strategy: in
/// rounds, callers before what they call; a round takes every call whose target is certain (<see cref="CallTarget"/>), may be lifted
/// (<see cref="InlinableMethods"/>) and has an argument that surely is run-time data (<see cref="RunTimeValues"/>): any other may be one that
/// the build executes whole. Budgets bound the size of one helper, what a method grows by, and the depth.
/// Holds after: what a call did first (its receiver's check) and last is where the call stood; each instruction keeps the place in source it
/// came from. Members of other types are used as if they were accessible: <see cref="AccessRouting"/> puts that right in the end.
/// </summary>
internal sealed class Inlining(Function function, InlinableMethods methods, GraphSettings settings, PurityAnalysis purity)
{
    private const int MostGrowth = 2500;
    private const int Deepest = 8;

    /// <summary>For each call that came with a helper, the helpers it lies in, the outermost first.</summary>
    private readonly Dictionary<Instruction, List<MethodDefinition>> paths = [];
    private readonly bool switchesMode = InlinableMethods.SwitchesMode(function.Method);
    private int growth;

    public void Run()
    {
        for (var depth = 0; depth < Deepest && RunRound(); depth++)
        {
            // What a closure holds is plain now, and may be a delegate that is called.
            Unreachable.Remove(function);
            DirectReads.Run(function);
            ClosureFields.Run(function);
            SlotPromotion.Run(function);
        }
    }

    private bool RunRound()
    {
        var values = new RunTimeValues(function, purity);
        var isChanged = false;

        // The last call of a block first: the others then stay in the part before it.
        foreach (var call in function.Blocks.SelectMany(block => Enumerable.Reverse(block.Instructions)).Where(call => call.IsCall && call.Inputs.Any(values.Contains)).ToList())
        {
            isChanged |= TryInline(call);
        }

        return isChanged;
    }

    private bool TryInline(Instruction call)
    {
        paths.TryGetValue(call, out var path);
        if (CallTarget.Of(call, function.Module) is not { } target || !MayInline(target, path))
        {
            return false;
        }

        var block = function.Blocks.First(candidate => candidate.Instructions.Contains(call));
        if (methods.Lift(target.Called) is not { } helper || helper.Arguments.Any(parameter => target.Arguments[parameter.Index] is null && Uses(helper, parameter)) || (helper.HasScopes && Scope.Outwards(block.Scope).Any(scope => scope is FilterScope)))
        {
            return false;
        }

        growth += methods.Body(target.Called).Body.Instructions.Count;
        foreach (var inner in helper.Instructions.Where(instruction => instruction.IsCall))
        {
            paths[inner] = [.. path ?? [], target.Method];
        }

        InlinedCall.Splice(function, block, call, helper, target);
        return true;
    }

    private static bool Uses(Function helper, Argument parameter) => helper.CountUses().ContainsKey(parameter);

    private bool MayInline(CallTarget target, List<MethodDefinition>? path) =>
        target.Method != function.Method
        && path?.Contains(target.Method) != true
        && methods.Allows(target, settings)
        && !(switchesMode && methods.IsWovenItself(target.Method))
        && growth + methods.Body(target.Called).Body.Instructions.Count <= MostGrowth
        && !TriggersInitializer(target.Method)
        && Accessibility.CanStandIn(methods.Body(target.Called), target.Called, function.Method.DeclaringType);

    /// <summary>Whether the call itself runs its type's initializer: a precise one of another type, or of other type arguments perhaps, unless there is an object of that already.</summary>
    private bool TriggersInitializer(MethodDefinition method) =>
        (method.DeclaringType != function.Method.DeclaringType || method.DeclaringType.HasGenericParameters)
        && (method.IsStatic || method.DeclaringType.IsValueType)
        && !method.DeclaringType.IsBeforeFieldInit
        && method.DeclaringType.Methods.Any(candidate => candidate is { IsConstructor: true, IsStatic: true });
}
