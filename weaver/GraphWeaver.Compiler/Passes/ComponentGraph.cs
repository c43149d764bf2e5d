using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes the kernel graph of a component. Operators that write memory become functional here: what a tensor holds is the node written to it
/// last, reads after that take the node, and only what memory holds at the end is written. Nothing between can be seen: nobody else runs.
/// </summary>
internal sealed class ComponentGraph
{
    private readonly KernelGraphBuilder builder = new();
    private readonly List<object> inputs = [];
    private readonly Dictionary<object, KernelValue> contents = [];
    private readonly Dictionary<object, KernelValue> sources = [];
    private readonly Dictionary<(Value Value, ElementType Type), KernelValue> scalars = [];
    private readonly Dictionary<object, int> lastRead = [];
    private readonly Dictionary<object, int> firstWrite = [];
    private readonly List<(int Node, SequencePoint? Place)> places = [];
    private int time;

    private ComponentGraph()
    {
    }

    /// <summary>
    /// The graph; for each of its inputs, the scalar <see cref="Value"/> or the <see cref="TensorMemory"/> it stands for; and the operators in source, each with the
    /// last of the nodes it became.
    /// </summary>
    /// <param name="spares">For each output the tensor whose memory it may take over; null where there is none.</param>
    /// <param name="pooled">Which outputs are taken from the pool.</param>
    public static (KernelGraph Graph, IReadOnlyList<object> Inputs, IReadOnlyList<(int Node, SequencePoint? Place)> Places) Build(
        IEnumerable<TensorOperation> component, IReadOnlyList<IR.Instruction> outputs, IReadOnlyList<Value?> spares, PooledTensors pooled)
    {
        var graph = new ComponentGraph();
        foreach (var operation in component)
        {
            graph.Add(operation);
            graph.time++;
        }

        for (var index = 0; index < outputs.Count; index++)
        {
            graph.builder.Output(graph.contents[outputs[index]]);
            if (pooled.Contains(outputs[index]))
            {
                graph.builder.Pool(index);
            }
            else if (spares[index] is { } spare)
            {
                graph.builder.Spare(index, graph.sources.TryGetValue(spare, out var source) ? source : null);
            }
        }

        foreach (var written in graph.firstWrite.Keys.Where(graph.sources.ContainsKey))
        {
            graph.Write(written);
        }

        return (graph.builder.Build(), graph.inputs, graph.places);
    }

    private void Add(TensorOperation operation)
    {
        var match = operation.Match;
        if (operation.IsContraction)
        {
            contents[operation.Call] = builder.Product(match.Row, match.ElementType);
            inputs.AddRange(operation.Call.Inputs.Select((argument, parameter) => operation.TensorAt(parameter) as object ?? argument));
            return;
        }

        var operands = Enumerable.Range(0, match.OperandCount).Where(parameter => match.Roles[parameter] != OperandRole.Flag).Select(parameter => operation.TensorAt(parameter) is { } memory
            ? Read(memory, match.ParameterTypes[parameter])
            : Scalar(operation.Call.Inputs[parameter], match.ParameterTypes[parameter])).ToList();
        var node = operation.IsCopy && !operands[0].IsInput ? operands[0]
            : builder.Node(match.Row, match.ElementType, operands, match.ResultType, operation.KeepsDimensions);
        if (!node.IsInput)
        {
            places.Add((node.Index, operation.Call.Location ?? operation.Call.Site.PointBefore));
        }

        if (operation.Destination is not { } destination)
        {
            contents[operation.Call] = node;
            return;
        }

        if (contents.TryGetValue(destination.Key, out var overwritten))
        {
            // Nobody reads what is overwritten, but it has the shape of the memory, and eager writes nothing of another shape there.
            builder.MustBeWhole(overwritten);
            builder.MustBeWhole(node);
        }
        else
        {
            Source(destination, match.ResultType);
        }

        contents[destination.Key] = node;
        if (!firstWrite.ContainsKey(destination.Key))
        {
            firstWrite.Add(destination.Key, time);
        }
    }

    private KernelValue Read(TensorMemory memory, ElementType type)
    {
        if (contents.TryGetValue(memory.Key, out var written))
        {
            return written;
        }

        lastRead[memory.Key] = time;
        return Source(memory, type);
    }

    private KernelValue Source(TensorMemory memory, ElementType type)
    {
        if (!sources.TryGetValue(memory.Key, out var source))
        {
            var views = memory.Views.Select(view => new KernelView(view.Row.Name, [.. view.Operands.Select(operand => Operand(operand, view.Row.Operands).Index)])).ToList();
            sources.Add(memory.Key, source = builder.Tensor(type, memory.Kind, views));
            inputs.Add(memory);
        }

        return source;
    }

    /// <summary>One value may be a scalar of several types: IL widens an int16 to an int32 without an instruction.</summary>
    private KernelValue Scalar(Value value, ElementType type)
    {
        if (!scalars.TryGetValue((value, type), out var scalar))
        {
            scalars.Add((value, type), scalar = builder.Scalar(type));
            inputs.Add(value);
        }

        return scalar;
    }

    private KernelValue Operand(Value value, ViewOperands operands)
    {
        var kind = operands switch { ViewOperands.Ranges => InputKind.Range, ViewOperands.Numbers => InputKind.Number, _ => InputKind.Dimension };
        var key = (kind, Term.Of(value));
        if (!sources.TryGetValue(key, out var operand))
        {
            sources.Add(key, operand = builder.Operand(kind));
            inputs.Add(value);
        }

        return operand;
    }

    private void Write(object written)
    {
        var mayEqual = sources.Keys.Where(other => !firstWrite.ContainsKey(other) && lastRead.TryGetValue(other, out var read) && read <= firstWrite[written]);
        builder.Destination(sources[written], contents[written], [.. mayEqual.Select(other => sources[other])]);
    }
}
