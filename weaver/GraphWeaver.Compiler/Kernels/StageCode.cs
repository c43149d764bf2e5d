using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Short forms for writing IL: labels, parameters, locals and the constants of an element type.</summary>
internal sealed class StageCode
{
    private readonly ILProcessor il;

    public StageCode(MethodDefinition method)
    {
        Method = method;
        il = method.Body.GetILProcessor();
    }

    public MethodDefinition Method { get; }

    public static Instruction Label() => Instruction.Create(OpCodes.Nop);

    public VariableDefinition Local(TypeReference type)
    {
        var local = new VariableDefinition(type);
        Method.Body.Variables.Add(local);
        return local;
    }

    public ParameterDefinition Parameter(TypeReference type, string name = "", ParameterAttributes attributes = ParameterAttributes.None)
    {
        var parameter = new ParameterDefinition(name, attributes, type);
        Method.Parameters.Add(parameter);
        return parameter;
    }

    public StageCode Mark(Instruction label)
    {
        il.Append(label);
        return this;
    }

    public StageCode Emit(OpCode code)
    {
        il.Emit(code);
        return this;
    }

    public StageCode Load(VariableDefinition local)
    {
        il.Emit(OpCodes.Ldloc, local);
        return this;
    }

    public StageCode LoadAddress(VariableDefinition local)
    {
        il.Emit(OpCodes.Ldloca, local);
        return this;
    }

    public StageCode Store(VariableDefinition local)
    {
        il.Emit(OpCodes.Stloc, local);
        return this;
    }

    public StageCode Load(ParameterDefinition parameter)
    {
        il.Emit(OpCodes.Ldarg, parameter);
        return this;
    }

    public StageCode Store(ParameterDefinition parameter)
    {
        il.Emit(OpCodes.Starg, parameter);
        return this;
    }

    public StageCode LoadThis()
    {
        il.Emit(OpCodes.Ldarg_0);
        return this;
    }

    public StageCode Number(int value)
    {
        il.Emit(OpCodes.Ldc_I4, value);
        return this;
    }

    public StageCode Native(int value) => Number(value).Emit(OpCodes.Conv_I);

    public StageCode Call(MethodReference method)
    {
        il.Emit(OpCodes.Call, method);
        return this;
    }

    public StageCode Branch(OpCode code, Instruction target)
    {
        il.Emit(code, target);
        return this;
    }

    public StageCode On(OpCode code, TypeReference type)
    {
        il.Emit(code, type);
        return this;
    }

    public StageCode On(OpCode code, FieldReference field)
    {
        il.Emit(code, field);
        return this;
    }

    /// <summary>Pushes a number that every element type it is asked of has.</summary>
    public StageCode Element(ElementType type, double value, RuntimeReferences references)
    {
        switch (type)
        {
            case ElementType.Half: il.Emit(OpCodes.Ldc_R4, (float)value); il.Emit(OpCodes.Call, references.HalfFromSingle); break;
            case ElementType.Single: il.Emit(OpCodes.Ldc_R4, (float)value); break;
            case ElementType.Double: il.Emit(OpCodes.Ldc_R8, value); break;
            default: Integer(type, (long)value); break;
        }

        return this;
    }

    /// <summary>Pushes the value that a reduction starts from: the one that changes nothing, -0 and NaN included.</summary>
    public StageCode Identity(KernelNode reduction, RuntimeReferences references)
    {
        ElementType type = reduction.ElementType;
        return reduction.Emission.Name switch
        {
            "Add" or "Sum" => Element(type, 0, references),
            "Multiply" or "Product" => Element(type, 1, references),
            string name when type.IsFloatingPoint() => Element(
                type,
                name switch
                {
                    "Max" => double.NegativeInfinity,
                    "Min" or "MinMagnitude" => double.PositiveInfinity,
                    "MaxMagnitude" => -0d,
                    _ => double.NaN,
                },
                references),
            "MaxMagnitude" or "MaxMagnitudeNumber" => Integer(type, 0),
            "MinMagnitude" or "MinMagnitudeNumber" => Integer(type, type.Smallest()),
            "Max" or "MaxNumber" => Integer(type, type.Smallest()),
            _ => Integer(type, type.Largest()),
        };
    }

    private StageCode Integer(ElementType type, long bits)
    {
        if (type.Size() == 8)
        {
            il.Emit(OpCodes.Ldc_I8, bits);
            return this;
        }

        return Number(unchecked((int)bits));
    }

    /// <summary>Copies bytes: expects destination, source and a native byte count on the stack.</summary>
    public StageCode CopyBytes()
    {
        il.Emit(OpCodes.Conv_U4);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Cpblk);
        return this;
    }

    /// <summary>Marks the method for full optimisation on its first call and shortens its instructions.</summary>
    public MethodDefinition Finish(bool optimise)
    {
        Method.AggressiveOptimization = optimise;
        Method.Body.OptimizeMacros();
        return Method;
    }
}
