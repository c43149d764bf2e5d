using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a kernel's stages on a tile, or on a row's one value: a register stage is a call of the method of the widest vectors that the machine has and
/// the tile fills, a tile stage one of a method of the library or of the runtime. A register stage on a row's one value is no call: its operators stand where it runs, on vectors
/// whose lanes are all that value.
/// </summary>
/// <param name="methods">For each stage the methods of a register stage, widest vectors first.</param>
internal sealed class StageCalls(ExecuteFrame frame, ExecuteMemory memory, IReadOnlyList<IReadOnlyList<StageMethod>> methods)
{
    private readonly KernelGraph graph = frame.Graph;
    private readonly KernelPlan plan = frame.Plan;
    private readonly KernelMembers members = frame.Members;
    private readonly RuntimeReferences references = frame.References;
    private readonly StageCode code = frame.Code;

    /// <summary>Emits the calls of stages, in order.</summary>
    public void Emit(IEnumerable<int> stages)
    {
        foreach (int stage in stages)
        {
            if (plan.IsTileStage(stage))
            {
                EmitTileStage(stage);
            }
            else if (plan.ShapeOf(stage) == KernelShape.Row)
            {
                EmitRowStage(stage);
            }
            else
            {
                EmitVectorStage(stage);
            }
        }
    }

    private void EmitVectorStage(int stage)
    {
        Instruction done = StageCode.Label();
        int elementBits = 8 * graph.Nodes[plan.Stages[stage][0]].ElementType.Size();
        foreach (StageMethod method in methods[stage])
        {
            Instruction next = StageCode.Label();
            if (method.Width > 128)
            {
                code.Call(members.IsHardwareAccelerated(method.Width)).Branch(OpCodes.Brfalse, next);
            }

            if (method.Width > 0)
            {
                code.Load(frame.Count).Native(method.Width / elementBits).Branch(OpCodes.Blt, next);
            }

            foreach (KernelValue read in plan.Reads(stage))
            {
                memory.LoadAddress(read);
            }

            foreach (KernelValue scalar in plan.Scalars(stage))
            {
                memory.LoadValue(scalar);
            }

            foreach (int write in plan.Writes(stage))
            {
                memory.LoadAddress(KernelValue.Node(write));
            }

            foreach (int reduction in plan.Reductions(stage))
            {
                code.LoadAddress(memory.Running(reduction));
            }

            code.Load(frame.Count).Call(method.Method).Branch(OpCodes.Br, done).Mark(next);
        }

        code.Mark(done);
    }

    private void EmitRowStage(int stage)
    {
        const int Width = 128;
        KernelNode[] nodes = [.. plan.Stages[stage].Select(node => graph.Nodes[node])];
        ElementType type = nodes[0].ElementType;
        TypeReference element = references.Element(type);
        var operators = new VectorOperators(code, members, Width, type);
        operators.EmitOne();
        foreach (KernelValue value in plan.Reads(stage).Concat(plan.Scalars(stage).Where(scalar => operators.TakesLanes(nodes, scalar))))
        {
            memory.LoadValue(value).Call(members.Broadcast(Width, element)).Store(operators.Values[value] = code.Local(references.Vector(Width, element)));
        }

        foreach (int index in plan.Stages[stage].Except(plan.Reductions(stage)))
        {
            VariableDefinition local = operators.Values[KernelValue.Node(index)] = code.Local(references.Vector(Width, element));
            operators.Emit(graph.Nodes[index], operand => memory.LoadValue(operand));
            code.Store(local);
        }

        foreach (int index in plan.Writes(stage))
        {
            code.Load(operators.Values[KernelValue.Node(index)]).Call(members.FirstLane(element)).Store(memory.RowValue(index));
        }

        foreach (int index in plan.Reductions(stage))
        {
            code.Load(memory.Running(index)).Call(members.Broadcast(Width, element)).Load(operators.Values[graph.Nodes[index].Operands[0]]);
            code.Call(members.VectorOperation(Width, graph.Nodes[index].Emission.Name, element, 2)).Call(members.FirstLane(element)).Store(memory.Running(index));
        }
    }

    private void EmitTileStage(int stage)
    {
        int index = plan.Stages[stage][0];
        KernelNode node = graph.Nodes[index];
        bool[] isTensor = node.Operands.Select(graph.IsTensor).ToArray();
        if (node.Row.CheckFor(node.ElementType) is { } check)
        {
            EmitTileOperands(node, stage);
            code.Call(members.TileCheck(node, check, isTensor)).Branch(OpCodes.Brfalse, frame.GiveUp);
        }

        if (node.Emission.Form == CpuForm.Fold)
        {
            code.LoadAddress(memory.Running(index));
            EmitTileOperands(node, stage);
            code.Call(members.Fold(node, isTensor));
        }
        else if (node.IsReduction || node.IsRowReduction)
        {
            code.Load(memory.Running(index));
            EmitTileOperands(node, stage);
            code.Call(members.ReduceTile(node)).Store(memory.Running(index));
        }
        else
        {
            EmitTileOperands(node, stage);
            memory.LoadAddress(KernelValue.Node(index));
            LoadCount(stage).Call(members.WriteSpan(references.Element(node.ResultType)));
            code.Call(members.TileOperation(node, isTensor));
        }
    }

    private void EmitTileOperands(KernelNode node, int stage)
    {
        foreach (KernelValue operand in node.Arguments)
        {
            if (!graph.IsTensor(operand))
            {
                memory.LoadValue(operand);
                continue;
            }

            TypeReference element = references.Element(graph.TypeOf(operand));
            if (plan.Scalars(stage).Contains(operand))
            {
                // A row's value: the tile operators that eager calls do not all take a scalar.
                VariableDefinition buffer = memory.Filled(operand.Index);
                memory.LoadValue(operand).Load(buffer).Load(frame.Count).Call(members.FillTile(element)).Load(buffer);
            }
            else
            {
                memory.LoadAddress(operand);
            }

            LoadCount(stage).Call(members.ReadSpan(element));
        }
    }

    /// <summary>How many elements a stage works on: those of the tile, or a row's one value.</summary>
    private StageCode LoadCount(int stage) => plan.ShapeOf(stage) == KernelShape.Row ? code.Native(1) : code.Load(frame.Count);
}
