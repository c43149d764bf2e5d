using System.Globalization;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Writes a call as its source line has it, as far as the IL tells: <c>Stats.Normalize(weights, scale)</c>, <c>a + b</c>, <c>x.Rank</c>. What is not known is an ellipsis.</summary>
internal sealed class CallText(SourceNames names, SlotStores stores)
{
    private const string Unknown = "…";
    private const int DeepestCall = 3;
    private const int LongestText = 24;

    public string Of(Instruction call) => Call(call, DeepestCall);

    private string Call(Instruction call, int depth)
    {
        var method = call.Method!;
        var hasReceiver = call.Inputs.Count > method.Parameters.Count;
        var inputs = call.Inputs.Select((_, index) => Input(call, index, depth)).ToList();
        var receiver = hasReceiver ? inputs[0] : null;
        var arguments = hasReceiver ? inputs.Skip(1).ToList() : inputs;
        if (MethodNames.IsConversion(method) && arguments.Count == 1)
        {
            return $"({MethodNames.Short(method.ReturnType)}){Atom(arguments[0])}";
        }

        if (MethodNames.OperatorSymbol(method) is { } symbol)
        {
            return arguments.Count == 2 ? $"{Atom(arguments[0])} {symbol} {Atom(arguments[1])}" : symbol + Atom(arguments[0]);
        }

        if (Index(method, arguments) is { } index)
        {
            return index;
        }

        if (MethodNames.IsAccessor(method))
        {
            return Accessor(method, receiver is null or Unknown ? MethodNames.Short(method.DeclaringType) : Atom(receiver), arguments);
        }

        if (method.Name == "Invoke" && receiver is not (null or Unknown) && FallbackScan.IsDelegate(method.DeclaringType))
        {
            return $"{Atom(receiver)}({string.Join(", ", arguments)})";
        }

        return $"{MethodNames.Display(method)}({string.Join(", ", arguments)})";
    }

    /// <summary>An index, a range or a span of one of them, as they stand between brackets.</summary>
    private static string? Index(MethodReference method, List<string> arguments) => (method.DeclaringType.Name, method.Name, arguments.Count) switch
    {
        ("ReadOnlySpan`1", ".ctor", 1) => arguments[0],
        ("Index" or "NIndex", ".ctor", 2) => arguments[1] == "true" ? "^" + arguments[0] : arguments[0],
        ("Index" or "NIndex", "FromEnd", 1) => "^" + arguments[0],
        ("Range" or "NRange", "StartAt", 1) => arguments[0] + "..",
        ("Range" or "NRange", "EndAt", 1) => ".." + arguments[0],
        ("Range" or "NRange", "get_All", 0) => "..",
        ("Range" or "NRange", ".ctor", 2) => $"{arguments[0]}..{arguments[1]}",
        _ => null,
    };

    private static string Accessor(MethodReference method, string owner, List<string> arguments)
    {
        var isGetter = MethodNames.IsGetter(method);
        var index = isGetter ? arguments : arguments.Take(arguments.Count - 1).ToList();
        var target = MethodNames.IsIndexer(method) ? $"{owner}[{string.Join(", ", index)}]" : $"{owner}.{MethodNames.Own(method)}";
        return isGetter ? target : $"{target} = {arguments.Last()}";
    }

    private string Input(Instruction user, int index, int depth)
    {
        var value = user.Inputs[index];
        return value is Constant constant ? names.OfInput(user, index) ?? Literal(constant, ParameterType(user, index))
            : names.OfInput(user, index) ?? Expression(value, depth);
    }

    private string Expression(Value value, int depth) => value switch
    {
        Argument argument => argument.Name,
        Instruction { IsAddressOfValue: true } address => Input(address, 0, depth),
        Instruction { Code: Code.Ldloc or Code.Ldloca, Operand: Slot slot } read => SourceNames.IsWritten(slot.Name) ? slot.Name : stores.Before(read) is { } store ? Input(store, 0, depth) : Unknown,
        Instruction { Code: Code.Box or Code.Castclass or Code.Dup or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_I or Code.Conv_I4 or Code.Conv_I8 } conversion => Input(conversion, 0, depth),
        Instruction { IsCall: true, Method.Name: "op_Implicit", Inputs.Count: 1 } conversion => Input(conversion, 0, depth),
        Instruction { IsCall: true } call when depth > 1 && !MethodNames.IsCompilerMade(call.Method!.DeclaringType) && !IsDelegate(call) => Call(call, depth - 1),
        Instruction { Code: Code.Ldelem_Any or Code.Ldelem_Ref or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8) } element => $"{Atom(Input(element, 0, depth))}[{Input(element, 1, depth)}]",
        Instruction { Inputs.Count: 2 } arithmetic when Symbol(arithmetic.Code) is { } symbol => $"{Atom(Input(arithmetic, 0, depth))} {symbol} {Atom(Input(arithmetic, 1, depth))}",
        _ => Unknown,
    };

    private static string? Symbol(Code code) => code switch
    {
        Code.Add => "+",
        Code.Sub => "-",
        Code.Mul => "*",
        Code.Div or Code.Div_Un => "/",
        Code.Rem or Code.Rem_Un => "%",
        _ => null,
    };

    /// <summary>In parentheses where the text is an operation, so that it can stand in another.</summary>
    private static string Atom(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character is '(' or '[' or '<' ? 1 : character is ')' or ']' or '>' ? -1 : 0;
            if (character == ' ' && depth == 0 && text[0] != '"')
            {
                return $"({text})";
            }
        }

        return text;
    }

    private static bool IsDelegate(Instruction call) => call.Code == Code.Newobj && call.Inputs.Count == 2 && call.Inputs[1] is Instruction { Code: Code.Ldftn or Code.Ldvirtftn };

    private static TypeReference? ParameterType(Instruction user, int index)
    {
        if (user.Method is not { } method)
        {
            return null;
        }

        var parameter = index - (user.Inputs.Count - method.Parameters.Count);
        return parameter < 0 ? null : method.Parameters[parameter].ParameterType;
    }

    private static string Literal(Constant constant, TypeReference? type) => (constant.Literal, type?.MetadataType) switch
    {
        (null, _) => "null",
        (int number, MetadataType.Boolean) => number != 0 ? "true" : "false",
        (int number, MetadataType.Char) => $"'{(char)number}'",
        (string text, _) => $"\"{(text.Length > LongestText ? text.Substring(0, LongestText) + Unknown : text)}\"",
        (int number, _) when EnumName(type, number) is { } name => name,
        (float number, _) => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        (IFormattable number, _) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Unknown,
    };

    private static string? EnumName(TypeReference? type, int number) =>
        type is { IsValueType: true, IsPrimitive: false } && type.Resolve() is { IsEnum: true } definition
        && definition.Fields.FirstOrDefault(field => field.HasConstant && Convert.ToInt64(field.Constant, CultureInfo.InvariantCulture) == number) is { } field
            ? $"{MethodNames.Short(type)}.{field.Name}"
            : null;
}
