using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// What a call that stays ordinary .NET costs the kernels around it: which would-be kernels give it tensors, take its result, or stand on
/// both sides of it in one block and share a tensor; and how many bytes of each element are written to memory only to cross. Reads the
/// function before fusion, with the regions fusion is going to find.
/// </summary>
internal sealed class KernelSplits
{
    private readonly Dictionary<Value, (Component Component, int Bytes)> producers = [];
    private readonly Dictionary<Value, List<Instruction>> users = [];
    private readonly List<Component> components = [];
    private readonly Dictionary<Instruction, (BasicBlock Block, int Index)> places = [];

    public KernelSplits(Function function)
    {
        foreach (var block in function.Blocks)
        {
            for (var index = 0; index < block.Instructions.Count; index++)
            {
                var instruction = block.Instructions[index];
                places[instruction] = (block, index);
                foreach (var input in instruction.Inputs)
                {
                    users.TryGetValue(input, out var list);
                    (users[input] = list ?? []).Add(instruction);
                }
            }
        }

        foreach (var operations in new RegionPartition(function).Partition().SelectMany(region => region.Components))
        {
            var component = new Component(operations);
            components.Add(component);
            foreach (var operation in operations)
            {
                producers[operation.Call] = (component, operation.IsReduction ? 0 : operation.Match.ResultType.Size());
            }
        }
    }

    /// <summary>A sentence about one call.</summary>
    public string Describe(Instruction call)
    {
        var given = call.Inputs.Distinct().Select(Source).Where(producers.ContainsKey).Distinct().Select(value => producers[value]).ToList();
        var taken = producers.ContainsKey(call) ? [] : Takers(call).Distinct().ToList();
        var kernels = given.Select(producer => producer.Component).Concat(taken).Concat(Around(call)).Distinct().Count();
        if (kernels == 0)
        {
            return "It splits no kernel.";
        }

        var sentence = kernels == 1 ? "It borders on 1 kernel" : $"It splits {kernels} kernels";
        var (into, outOf) = (given.Sum(producer => producer.Bytes), taken.Count > 0 ? BytesOf(call) : 0);
        return (into, outOf) switch
        {
            (0, 0) => sentence + "; no tensor crosses.",
            (_, 0) => $"{sentence}; {into} bytes per element go in.",
            (0, _) => $"{sentence}; {outOf} bytes per element come out.",
            _ => $"{sentence}; {into} bytes per element go in and {outOf} come out.",
        };
    }

    /// <summary>The value behind conversions to spans and the taking of addresses.</summary>
    private static Value Source(Value value)
    {
        while (value is Instruction { IsAddressOfValue: true } or Instruction { Code: Code.Castclass or Code.Isinst } || (value is Instruction instruction && IsConversion(instruction)))
        {
            value = ((Instruction)value).Inputs[0];
        }

        return value;
    }

    private static bool IsConversion(Instruction instruction) => TensorSpans.IsConversionOfTensor(instruction) || TensorSpans.IsConversionOfSpan(instruction);

    private IEnumerable<Component> Takers(Value value)
    {
        foreach (var user in users.TryGetValue(value, out var list) ? list : [])
        {
            if (producers.TryGetValue(user, out var producer))
            {
                yield return producer.Component;
            }
            else if (user.IsAddressOfValue || IsConversion(user))
            {
                foreach (var taker in Takers(user))
                {
                    yield return taker;
                }
            }
        }
    }

    /// <summary>Components before and after the call in its block that work on a common tensor.</summary>
    private IEnumerable<Component> Around(Instruction call)
    {
        var (block, index) = places[call];
        var inBlock = components.Where(component => places[component.Last].Block == block).ToList();
        var before = inBlock.Where(component => places[component.Last].Index < index).ToList();
        var after = inBlock.Where(component => places[component.First].Index > index).ToList();
        return before.SelectMany(left => after.Where(right => right.Keys.Overlaps(left.Keys)).SelectMany(right => new[] { left, right }));
    }

    private static int BytesOf(Value value) =>
        value.Type is Mono.Cecil.GenericInstanceType { GenericArguments: { Count: 1 } arguments } && ElementTypes.From(arguments[0]) is { } element ? element.Size() : 0;

    private sealed class Component(IReadOnlyList<TensorOperation> operations)
    {
        public Instruction First { get; } = operations[0].Call;

        public Instruction Last { get; } = operations[operations.Count - 1].Call;

        /// <summary>What it reads, writes or makes.</summary>
        public HashSet<object> Keys { get; } = [.. operations.SelectMany(operation => operation.Memory.Select(memory => memory.Key).Append(operation.Call))];
    }
}
