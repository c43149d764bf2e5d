using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Says in the user's names and lines why a value is not constant: where it comes from (a parameter, a field, a loop, a path, a call the build
/// may not execute) and through which calls it went on its way.
/// </summary>
internal sealed class Origins(Function function, SourceNames names, SlotStores stores, PurityAnalysis purity)
{
    private const string RunTime = "a value computed at run time";
    private const int LongestWay = 24;
    private const int MostStepsTold = 3;
    private const int MostArgumentsTold = 3;
    private readonly ControlFlow flow = new(function.Entry);

    /// <summary>Which arguments of a call are not constant and where they come from, or null when all are constant.</summary>
    public string? OfVariables(Instruction call)
    {
        var variables = Enumerable.Range(0, call.Inputs.Count).Where(index => !IsConstant(call.Inputs[index])).ToList();
        if (variables.Count == 0)
        {
            return null;
        }

        var told = variables.Select((index, nth) => nth == 0
            ? $"{Role(call, index)} is not constant: {Way(call, index)}"
            : $"nor is {Role(call, index)}: {Way(call, index)}");
        return string.Join("; ", told.Distinct().Take(MostArgumentsTold));
    }

    /// <summary>Where the first variable that a delegate captures comes from, or null when it captures none.</summary>
    public string? OfCaptures(Instruction user, int index)
    {
        var (origin, leaf, through) = Follow(user, index);
        return IsConstant(leaf) || leaf is Instruction { Code: Code.Newobj or Code.Ldftn or Code.Newarr } ? null : Sentence(origin, through);
    }

    /// <summary>A literal, data the build stored, or an index or range made of such.</summary>
    private bool IsConstant(Value value) => value switch
    {
        Constant => true,
        Instruction { Code: Code.Ldloca, Operand: Slot } read => stores.Before(read) is { } store && IsConstant(store.Inputs[0]),
        Instruction { Operand: MemberReference member } when GeneratedTypes.Owns(member) => true,
        Instruction { IsCall: true } made => made.Method!.DeclaringType.Name is "ReadOnlySpan`1" or "Span`1" or "Index" or "Range" or "NIndex" or "NRange" && made.Inputs.All(IsConstant),
        Instruction { Code: Code.Conv_I or Code.Conv_I4 or Code.Conv_I8 } conversion => IsConstant(conversion.Inputs[0]),
        Instruction { IsAddressOfValue: true } address => IsConstant(address.Inputs[0]),
        Instruction { Operand: CachedArray } => true,
        _ => false,
    };

    private string Role(Instruction call, int index)
    {
        var parameters = call.Method!.Parameters;
        var parameter = index - (call.Inputs.Count - parameters.Count);
        var name = names.OfInput(call, index);
        if (parameter < 0)
        {
            return name is null ? "the object it is called on" : $"'{name}', which it is called on,";
        }

        return MethodNames.OperatorSymbol(call.Method) is not null || MethodNames.IsConversion(call.Method)
            ? name is null ? $"its {(parameter == 0 ? "first" : "second")} operand" : $"its operand '{name}'"
            : $"its argument '{name ?? NameOf(call.Method, parameter)}'";
    }

    private static string NameOf(MethodReference method, int index) =>
        method.Parameters[index].Name is { Length: > 0 } name ? name : method.Resolve()?.Parameters[index].Name ?? $"{index + 1}";

    private string Way(Instruction user, int index)
    {
        var (origin, _, through) = Follow(user, index);
        return Sentence(origin, through);
    }

    /// <summary>Follows an input back to its origin.</summary>
    private (string Origin, Value Leaf, List<string> Through) Follow(Instruction user, int index)
    {
        var through = new List<string>();
        for (var length = 0; length < LongestWay; length++)
        {
            var value = user.Inputs[index];
            if (value is Instruction { Code: Code.Ldloc or Code.Ldloca, Operand: Slot slot } read)
            {
                if (stores.Before(read) is not { } store)
                {
                    return (SourceNames.IsWritten(slot.Name) ? $"variable '{slot.Name}', which is written in more than one place" : RunTime, value, through);
                }

                (user, index) = (store, 0);
                continue;
            }

            if (value is not Instruction instruction)
            {
                return (Leaf(value, names.OfInput(user, index)), value, through);
            }

            if (Next(instruction) is not { } next)
            {
                return (Leaf(instruction), value, through);
            }

            if (instruction is { IsCall: true, IsAddressOfValue: false } && StepName(instruction) is { } step)
            {
                through.Add(step);
            }

            (user, index) = next;
        }

        return (RunTime, user, through);
    }

    private static string Sentence(string origin, List<string> through)
    {
        if (through.Count == 0)
        {
            return $"it is {origin}";
        }

        through.Reverse();
        var told = through.Count <= MostStepsTold ? through : [.. through.Take(MostStepsTold - 1), "…", through[through.Count - 1]];
        return $"it comes from {origin} through {string.Join(", ", told)}";
    }

    /// <summary>The input an instruction's value varies with, as a use: what it was captured in or filled with, or its first variable operand.</summary>
    private (Instruction User, int Index)? Next(Instruction instruction)
    {
        if (instruction is { Code: Code.Ldfld, Operand: FieldReference field } && MethodNames.IsCompilerMade(field.DeclaringType))
        {
            var stores = function.Instructions.Where(other => other.Code == Code.Stfld && ((FieldReference)other.Operand!).FullName == field.FullName).Take(2).ToList();
            return stores.Count == 1 ? (stores[0], 1) : null;
        }

        if (instruction.Code is Code.Ldsfld or Code.Ldfld or Code.Ldflda or Code.Ldsflda)
        {
            return null;
        }

        var operand = instruction.Inputs.FindIndex(input => !IsConstant(input) && !IsFilledOnly(input));
        if (operand >= 0)
        {
            return (instruction, operand);
        }

        return Filling(instruction) ?? instruction.Inputs.OfType<Instruction>().Select(Filling).FirstOrDefault(filling => filling is not null);
    }

    /// <summary>An array or closure that is only what is put into it.</summary>
    private bool IsFilledOnly(Value value) => value is Instruction made && made.Inputs.All(IsConstant)
        && (made.Code == Code.Newarr || made.Code == Code.Ldftn || (made.Code == Code.Newobj && MethodNames.IsCompilerMade(made.Method!.DeclaringType)));

    private (Instruction User, int Index)? Filling(Instruction made) => IsFilledOnly(made)
        ? function.Instructions
            .Where(store => store.Inputs.Count > 0 && store.Inputs[0] == made && (store.Code == Code.Stfld || store.Code is Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8)))
            .Where(store => !IsConstant(store.Inputs[store.Inputs.Count - 1]))
            .Select(store => ((Instruction, int)?)(store, store.Inputs.Count - 1))
            .FirstOrDefault()
        : null;

    private static string? StepName(Instruction call) =>
        MethodNames.IsCompilerMade(call.Method!.DeclaringType) || (MethodNames.IsConversion(call.Method) && call.Inputs.Count == 1) || call.Method.DeclaringType.Name is "ReadOnlySpan`1" or "Span`1" ? null
        : call.Method.Name == ".ctor" && FallbackScan.IsDelegate(call.Method.DeclaringType) ? "a lambda" + Line(call)
        : $"'{MethodNames.OperatorSymbol(call.Method) ?? MethodNames.Display(call.Method)}'" + Line(call);

    private string Leaf(Value value, string? name) => value switch
    {
        Argument { Name: "this" } => "'this'",
        Argument argument => $"parameter '{argument.Name}'",
        CaughtException => "the exception caught",
        Phi phi => (name is null ? "a value" : $"variable '{name}'") + (IsLoop(phi) ? ", which changes in the loop" : ", which differs between the paths that meet") + At(phi.Block),
        _ => RunTime,
    };

    private string Leaf(Instruction instruction) => instruction switch
    {
        { Code: Code.Ldfld or Code.Ldsfld or Code.Ldflda or Code.Ldsflda, Operand: FieldReference field } =>
            MethodNames.IsCompilerMade(field.DeclaringType) && MethodNames.OfField(field) is { } captured ? $"variable '{captured}', which a lambda captures{(IsStored(field) ? " and which is written in more than one place" : "")}"
            : $"field '{MethodNames.Short(field.DeclaringType)}.{MethodNames.OfField(field) ?? field.Name}'" + Line(instruction),
        { IsCall: true } call => $"the result of '{MethodNames.Display(call.Method!)}'{Line(call)}{WhyNotKnown(call)}",
        { Code: Code.Newarr } => "an array made at run time" + Line(instruction),
        _ => RunTime + Line(instruction),
    };

    private bool IsStored(FieldReference field) => function.Instructions.Any(other => other.Code == Code.Stfld && ((FieldReference)other.Operand!).FullName == field.FullName);

    private string WhyNotKnown(Instruction call) =>
        purity.Of(call.Method!) is { Effect: Effect.Impure, Reason: var reason } ? $", which the build may not execute ({reason})" : ", which the build did not execute";

    private bool IsLoop(Phi phi) => phi.Operands.Any(operand => flow.IsReachable(operand.Predecessor) && flow.IsReachable(phi.Block) && flow.Dominates(phi.Block, operand.Predecessor));

    private static string At(BasicBlock block)
    {
        var point = block.Instructions.Select(instruction => instruction.Location).FirstOrDefault(location => location is not null) ?? block.Terminator.Location;
        return point is null ? "" : $" in line {point.StartLine}";
    }

    private static string Line(Instruction instruction) => instruction.Location is { } point ? $" (line {point.StartLine})" : "";
}
