using System.Globalization;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>What a print is given, as objects that format as the program's do: numbers, text, booleans, enums and null; of anything else nothing is known.</summary>
internal sealed class PrintedValues(BuildProgram program, Instruction call, IReadOnlyList<Value> given)
{
    public bool TryGet(int index, out object? value) => TryGet(given[index], call.Method!.Parameters[index].ParameterType, out value);

    /// <summary>The elements of a <c>params</c> array or span, or null when one is not known.</summary>
    public object?[]? Elements(int index)
    {
        var collection = program.Literal(given[index]);
        return collection is Instruction { Code: Code.Newarr } array && !IsOnlyFilled(array) ? null : Elements(collection, program.Bound.Module.TypeSystem.Object);
    }

    private object?[]? Elements(Value collection, TypeReference type)
    {
        var size = collection switch
        {
            Instruction { Code: Code.Newarr } array => Int32(array.Inputs[0]),
            Instruction { IsCall: true, Method.Name: "InlineArrayAsReadOnlySpan" } span => Int32(span.Inputs[1]),
            _ => null,
        };
        if (size is not { } length)
        {
            return null;
        }

        var elements = new object?[length];
        var known = new bool[length];
        var block = program.Bound.Blocks.First(candidate => candidate.Instructions.Contains(call));
        foreach (var store in block.Instructions.TakeWhile(instruction => instruction != call))
        {
            if (Place(store, collection) is { } place && place >= 0 && place < length)
            {
                known[place] = TryGet(store.Inputs[store.Inputs.Count - 1], type, out elements[place]);
            }
        }

        return known.All(element => element) ? elements : null;
    }

    /// <summary>A decimal literal, as the compiler writes one.</summary>
    private decimal? Decimal(Instruction made) => made.Inputs.Select(input => (program.Literal(input) as Constant)?.Literal).ToArray() switch
    {
        [int low, int middle, int high, int isNegative, int scale] => new decimal(low, middle, high, isNegative != 0, (byte)scale),
        [int number] when made.Method!.Parameters[0].ParameterType.MetadataType == MetadataType.Int32 => number,
        [long number] when made.Method!.Parameters[0].ParameterType.MetadataType == MetadataType.Int64 => number,
        _ => null,
    };

    /// <summary>A literal array of characters, filled one by one or from data of the assembly.</summary>
    private char[]? LiteralCharacters(Instruction array)
    {
        var fill = program.Bound.Instructions.FirstOrDefault(instruction => instruction is { IsCall: true, Method.Name: "InitializeArray" } && instruction.Inputs[0] == array);
        if (!IsOnlyFilled(array))
        {
            return null;
        }

        return fill is { Inputs: [_, Instruction { Operand: FieldReference data }] }
            ? Characters(data.Resolve()?.InitialValue ?? [])
            : Elements(array, program.Bound.Module.TypeSystem.Char)?.Cast<char>().ToArray();
    }

    /// <summary>Whether nothing but literal stores and prints gets hold of an array.</summary>
    private bool IsOnlyFilled(Value array) =>
        program.Bound.Instructions.Where(user => user.Inputs.Contains(array)).All(user => user == call || Place(user, array) is not null || user is { IsCall: true, Method.Name: "InitializeArray" })
        && !program.Bound.Blocks.Any(block => block.Terminator.Inputs.Contains(array) || block.Phis.Any(phi => phi.Operands.Any(operand => operand.Value == array)));

    /// <summary>Which element of the collection a store writes, or null.</summary>
    private int? Place(Instruction store, Value collection)
    {
        if (store.Code is Code.Stelem_Ref or Code.Stelem_Any or Code.Stelem_I2 && store.Inputs[0] == collection)
        {
            return Int32(store.Inputs[1]);
        }

        return store.Code is Code.Stind_Ref or Code.Stobj && store.Inputs[0] is Instruction { Method.Name: "InlineArrayElementRef" } element && SlotOf(element) is { } slot && slot == SlotOf((Instruction)collection)
            ? Int32(element.Inputs[1])
            : null;
    }

    private static object? SlotOf(Instruction view) => view.Inputs.Count > 0 ? (view.Inputs[0] as Instruction)?.Operand : null;

    private int? Int32(Value value) => program.Literal(value) is Constant { Literal: int number } ? number : null;

    private bool TryGet(Value input, TypeReference type, out object? value)
    {
        var known = program.Literal(input);
        value = null;
        switch (known)
        {
            case Constant constant:
                return TryGet(constant.Literal, type, out value);
            case Instruction { Code: Code.Newobj, Type: { Namespace: "System" } tuple } made when tuple.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) && made.Inputs.Count < 8:
                var items = made.Inputs.Select((item, index) => TryGet(item, ((GenericInstanceType)tuple).GenericArguments[index], out var element) ? Convert.ToString(element, CultureInfo.InvariantCulture) : null).ToList();
                value = items.Contains(null) ? null : $"({string.Join(", ", items)})";
                return value is not null;
            case Instruction { Code: Code.Newarr, Type: ArrayType { ElementType: not (GenericInstanceType or ArrayType) } array } when type.MetadataType == MetadataType.Object:
                value = array.FullName;
                return true;
            case Instruction { Code: Code.Box, Operand: TypeReference boxed } box:
                return TryGet(box.Inputs[0], boxed, out value);
            case Instruction { Code: Code.Newobj, Method.DeclaringType.FullName: "System.Decimal" } made when Decimal(made) is { } number:
                value = number;
                return true;
            case Instruction { Code: Code.Newarr, Operand: TypeReference { MetadataType: MetadataType.Char } } array when LiteralCharacters(array) is { } characters:
                value = characters;
                return true;
            case Instruction { IsCall: true, Method.Name: "op_Implicit" or "AsSpan", Inputs.Count: 1 } conversion when type.Name == "ReadOnlySpan`1":
                return TryGet(conversion.Inputs[0], conversion.Method!.Parameters[0].ParameterType, out value) && value is string or char[];
        }

        var result = program.Made(known);
        value = result switch
        {
            { Kind: ValueKind.Array, ElementKind: ValueKind.Char, Lengths.Count: 1 } => Characters(result.Bytes),
            { Kind: ValueKind.Null } => null,
            { Kind: ValueKind.String or ValueKind.Decimal } => result.Value,
            { Type: { } name } when HasTypeAsText(name) => TextOf(name),
            _ => this,
        };
        return result is not null && !ReferenceEquals(value, this);
    }

    /// <summary>Arrays and collections of the framework, whose text is the name of their type.</summary>
    private static bool HasTypeAsText(RuntimeTypeName type) => type.Ranks.Count > 0
        || (type.FullName.StartsWith("System.Collections.", StringComparison.Ordinal) && !type.FullName.Contains("+") && !type.FullName.Contains("<"));

    private static string TextOf(RuntimeTypeName type) => type.FullName
        + (type.Arguments.Count == 0 ? "" : $"[{string.Join(",", type.Arguments.Select(TextOf))}]")
        + string.Concat(type.Ranks.Select(rank => $"[{new string(',', rank - 1)}]"));

    private static char[] Characters(byte[] bytes)
    {
        var characters = new char[bytes.Length / sizeof(char)];
        Buffer.BlockCopy(bytes, 0, characters, 0, bytes.Length);
        return characters;
    }

    private static bool TryGet(object? literal, TypeReference type, out object? value)
    {
        value = (literal, type.MetadataType) switch
        {
            (int number, MetadataType.Boolean) => number != 0,
            (int number, MetadataType.Char) => (char)number,
            (int number, MetadataType.UInt32) => unchecked((uint)number),
            (long number, MetadataType.UInt64) => unchecked((ulong)number),
            (int or long, MetadataType.ValueType) => EnumName(literal, type),
            _ => literal,
        };
        return value is not null || literal is null;
    }

    private static string? EnumName(object number, TypeReference type) => type.Resolve() is { IsEnum: true } definition
        ? definition.Fields.FirstOrDefault(field => field.HasConstant && Convert.ToDecimal(field.Constant) == Convert.ToDecimal(number))?.Name
        : null;
}
