using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Emits operators with a register form on vectors of one width, whose values are locals.</summary>
internal sealed class VectorOperators
{
    private readonly StageCode code;
    private readonly KernelMembers members;
    private readonly int width;
    private readonly ElementType elementType;
    private readonly TypeReference element;

    public VectorOperators(StageCode code, KernelMembers members, int width, ElementType elementType)
    {
        this.code = code;
        this.members = members;
        this.width = width;
        this.elementType = elementType;
        element = members.References.Element(elementType);
        One = code.Local(members.References.Vector(width, element));
    }

    /// <summary>The vectors that operators take.</summary>
    public Dictionary<KernelValue, VariableDefinition> Values { get; } = [];

    /// <summary>A vector of ones.</summary>
    public VariableDefinition One { get; }

    /// <summary>Stores the vector of ones.</summary>
    public void EmitOne() => code.Element(elementType, 1, members.References).Call(members.Broadcast(width, element)).Store(One);

    /// <summary>Whether one of the operators takes a scalar as a vector.</summary>
    public bool TakesLanes(IEnumerable<KernelNode> nodes, KernelValue scalar) =>
        nodes.Any(node => node.Emission.Form != CpuForm.VectorShift && node.Arguments.Contains(scalar));

    /// <summary>Pushes the value of an operator that is no reduction.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="loadScalar">Pushes a scalar operand as what it is.</param>
    public void Emit(KernelNode node, Action<KernelValue> loadScalar)
    {
        string name = node.Emission.Name;
        switch (node.Emission.Form)
        {
            case CpuForm.VectorOverload:
                code.Load(Values[node.Operands[0]]).Call(members.VectorOverload(width, name, element));
                break;
            case CpuForm.VectorMath:
                foreach (KernelValue operand in node.Operands)
                {
                    code.Load(Values[operand]);
                }

                code.Call(members.VectorMath(width, name, element, node.Operands.Count));
                break;
            case CpuForm.VectorShift:
                code.Load(Values[node.Operands[0]]);
                loadScalar(node.Operands[1]);
                code.Call(members.VectorShift(width, name, element));
                break;
            case CpuForm.VectorThenOne:
                code.Load(Values[node.Operands[0]]).Load(One).Call(members.VectorOperation(width, name, element, 2));
                break;
            case CpuForm.VectorAfterOne:
                code.Load(One).Load(Values[node.Operands[0]]).Call(members.VectorOperation(width, name, element, 2));
                break;
            default:
                foreach (KernelValue operand in node.Operands)
                {
                    code.Load(Values[operand]);
                }

                code.Call(members.VectorOperation(width, name, element, node.Operands.Count));
                break;
        }
    }
}
