using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels.Devices;
using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Lets what kernels write stay on a device until somebody else may look. After a kernel, tensors may lie there; before the first instruction that reads or
/// writes memory, throws, or can be seen to run, and before the method ends, they are brought back. Between kernels alone, through host loops too, nothing moves; what
/// goes back to the pool is forgotten, and what nobody writes to is kept.
/// Holds after: whatever is no kernel finds the host's elements good.
/// </summary>
internal sealed class DeviceSynchronization(Function function, KernelLibrary kernels)
{
    private readonly DeviceMembers members = new(new RuntimeReferences(function.Module));

    public void Run()
    {
        HashSet<BasicBlock> open = OpenAtEntry();
        foreach (var block in function.Blocks)
        {
            Insert(block, open.Contains(block));
        }
    }

    /// <summary>The blocks where tensors may lie on a device when they begin.</summary>
    private HashSet<BasicBlock> OpenAtEntry()
    {
        var open = new HashSet<BasicBlock>();
        var work = new Queue<BasicBlock>(function.Blocks);
        while (work.Count > 0)
        {
            var block = work.Dequeue();
            if (IsOpenAtEnd(block, open.Contains(block)))
            {
                foreach (var successor in block.Successors.Where(open.Add))
                {
                    work.Enqueue(successor);
                }
            }
        }

        return open;
    }

    private bool IsOpenAtEnd(BasicBlock block, bool isOpen)
    {
        foreach (var instruction in block.Instructions)
        {
            isOpen = IsKernel(instruction) || (isOpen && IsUnaware(instruction));
        }

        return isOpen && GoesOn(block.Terminator);
    }

    private void Insert(BasicBlock block, bool isOpen)
    {
        for (var i = 0; i < block.Instructions.Count; i++)
        {
            var instruction = block.Instructions[i];
            if (IsReturnToPool(instruction) && isOpen)
            {
                block.Instructions.Insert(i++, new Instruction(Code.Call, members.Discard, null, instruction.Inputs) { Location = instruction.Location });
            }
            else if (isOpen && !IsKernel(instruction) && !IsUnaware(instruction))
            {
                block.Instructions.Insert(i++, Synchronize(instruction.Location));
                isOpen = false;
            }

            if (IsKernel(instruction))
            {
                isOpen = true;
                foreach (var tensor in instruction.Inputs.Where(IsResident).Distinct().ToList())
                {
                    block.Instructions.Insert(i++, new Instruction(Code.Call, members.Keep, null, [tensor]) { Location = instruction.Location });
                }
            }
        }

        if (isOpen && !GoesOn(block.Terminator))
        {
            block.Instructions.Add(Synchronize(block.Terminator.Location));
        }
    }

    /// <summary>Whether a value is a tensor that nobody writes to: a constant of the build, or one the user vouches for.</summary>
    private bool IsResident(Value value) => value.Type is { } type && type.GetElementType().Name == "Tensor`1" && value switch
    {
        Instruction { Code: Code.Ldfld or Code.Ldsfld, Operand: FieldReference field } => GeneratedTypes.Owns(field) || (field.Resolve() is { IsInitOnly: true } resolved && IsMarked(resolved)),
        Argument argument => Parameter(argument) is { } parameter && IsMarked(parameter),
        _ => false,
    };

    private ParameterDefinition? Parameter(Argument argument)
    {
        var index = argument.Index - (function.Method.HasThis ? 1 : 0);
        return index >= 0 ? function.Method.Parameters[index] : null;
    }

    private static bool IsMarked(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "GraphWeaver.ResidentAttribute");

    private Instruction Synchronize(SequencePoint? location) => new(Code.Call, members.Synchronize, null, []) { Location = location };

    private bool IsKernel(Instruction instruction) => instruction.Code == Code.Call && (kernels.Owns(instruction.Method!) || members.IsMatMul(instruction.Method!));

    private bool IsUnaware(Instruction instruction) =>
        IsReturnToPool(instruction) || instruction is { Code: Code.Stloc, Operand: Slot } || Transparency.IsTransparent(instruction, function.Method);

    private static bool IsReturnToPool(Instruction instruction) => instruction.Code == Code.Call
        && instruction.Method is { Name: "Return", DeclaringType: { Name: "TensorPool", Namespace: "GraphWeaver.Kernels" } };

    /// <summary>Whether a block ends in branches within its scope.</summary>
    private static bool GoesOn(Terminator terminator) => terminator.Targets.Count > 0 && terminator.Code != Code.Leave;
}
