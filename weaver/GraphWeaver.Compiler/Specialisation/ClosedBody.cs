using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Copies the body of a generic method, or of a method of a generic type, for one set of type arguments. Strategy: instruction by instruction,
/// with types put in (<see cref="ClosedReferences"/>), then calls through constraints made plain (<see cref="KnownReceivers"/>) and tests of types
/// decided (<see cref="TypeTests"/>).
/// Holds after: the copy names none of the parameters, has the original's offsets, lines and variable names, and does what the original
/// does with those arguments. It knows its type but is not among the type's methods. In a generic type it is static, and what was
/// <c>this</c> is its first parameter, typed as the closed type: arguments line up with the original's, index by index.
/// </summary>
internal sealed class ClosedBody
{
    private const string ReceiverName = "this";
    private readonly MethodDefinition source;
    private readonly MethodDefinition copy;
    private readonly ClosedReferences references;
    private readonly Dictionary<VariableDefinition, VariableDefinition> variables = [];
    private readonly Dictionary<IlInstruction, IlInstruction> instructions = [];

    private ClosedBody(MethodReference closed)
    {
        source = closed.Resolve();
        references = new ClosedReferences(closed);
        copy = Declare(closed.DeclaringType);
    }

    /// <summary>The copy of a closed method of the module being woven. The method's definition must have a body.</summary>
    public static MethodDefinition Clone(MethodReference closed)
    {
        var body = new ClosedBody(closed);
        body.CopyCode();
        body.CopyDebugInformation();
        KnownReceivers.MakePlain(body.copy.Body);
        TypeTests.Decide(body.copy.Body);
        return body.copy;
    }

    /// <summary>Whether an argument is <c>this</c>, be it spelt out, which is not null in anything a C# compiler emits.</summary>
    public static bool IsReceiver(Argument argument, MethodDefinition method) =>
        argument.Index == 0 && (method.HasThis || (argument.Name == ReceiverName && !method.DeclaringType.Methods.Contains(method)));

    private MethodDefinition Declare(TypeReference self)
    {
        var isStatic = source.IsStatic || source.DeclaringType.HasGenericParameters;
        var attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (isStatic ? MethodAttributes.Static : 0);
        var method = new MethodDefinition(source.Name, attributes, references.Of(source.ReturnType))
        {
            HasThis = !isStatic,
            ImplAttributes = source.ImplAttributes & ~MethodImplAttributes.Synchronized,
            DeclaringType = source.DeclaringType,
        };
        if (isStatic && !source.IsStatic)
        {
            method.Parameters.Add(new ParameterDefinition(ReceiverName, ParameterAttributes.None, source.DeclaringType.IsValueType ? new ByReferenceType(self) : self));
        }

        foreach (var parameter in source.Parameters)
        {
            var attributesKept = parameter.Attributes & (ParameterAttributes.In | ParameterAttributes.Out);
            method.Parameters.Add(new ParameterDefinition(parameter.Name, attributesKept, references.Of(parameter.ParameterType)));
        }

        return method;
    }

    private void CopyCode()
    {
        var (from, to) = (source.Body, copy.Body);
        to.InitLocals = from.InitLocals;
        to.MaxStackSize = from.MaxStackSize;
        foreach (var variable in from.Variables)
        {
            to.Variables.Add(variables[variable] = new VariableDefinition(references.Of(variable.VariableType)));
        }

        foreach (var il in from.Instructions)
        {
            var made = IlInstruction.Create(OpCodes.Nop);
            (made.OpCode, made.Offset) = (il.OpCode, il.Offset);
            to.Instructions.Add(instructions[il] = made);
        }

        foreach (var il in from.Instructions)
        {
            instructions[il].Operand = il.Operand switch
            {
                IlInstruction target => instructions[target],
                IlInstruction[] targets => targets.Select(target => instructions[target]).ToArray(),
                VariableDefinition variable => variables[variable],
                ParameterDefinition parameter => ParameterOf(parameter),
                var operand => references.Of(operand),
            };
        }

        foreach (var handler in from.ExceptionHandlers)
        {
            to.ExceptionHandlers.Add(new ExceptionHandler(handler.HandlerType)
            {
                TryStart = At(handler.TryStart),
                TryEnd = At(handler.TryEnd),
                FilterStart = At(handler.FilterStart),
                HandlerStart = At(handler.HandlerStart),
                HandlerEnd = At(handler.HandlerEnd),
                CatchType = handler.CatchType is null ? null : references.Of(handler.CatchType),
            });
        }
    }

    private ParameterDefinition ParameterOf(ParameterDefinition parameter) =>
        parameter == source.Body.ThisParameter
            ? copy.HasThis ? copy.Body.ThisParameter : copy.Parameters[0]
            : copy.Parameters[parameter.Index + copy.Parameters.Count - source.Parameters.Count];

    private IlInstruction? At(IlInstruction? il) => il is null ? null : instructions[il];

    private void CopyDebugInformation()
    {
        var (from, to) = (source.DebugInformation, copy.DebugInformation);
        var byOffset = source.Body.Instructions.GroupBy(il => il.Offset).ToDictionary(group => group.Key, group => instructions[group.First()]);
        foreach (var point in from.SequencePoints.Where(point => byOffset.ContainsKey(point.Offset)))
        {
            to.SequencePoints.Add(new SequencePoint(byOffset[point.Offset], point.Document)
            {
                StartLine = point.StartLine,
                StartColumn = point.StartColumn,
                EndLine = point.EndLine,
                EndColumn = point.EndColumn,
            });
        }

        to.Scope = from.Scope is null ? null : CopyOf(from.Scope, byOffset);
    }

    private ScopeDebugInformation CopyOf(ScopeDebugInformation scope, Dictionary<int, IlInstruction> byOffset)
    {
        IlInstruction? Border(InstructionOffset offset) => !offset.IsEndOfMethod && byOffset.TryGetValue(offset.Offset, out var il) ? il : null;
        var made = new ScopeDebugInformation(Border(scope.Start) ?? copy.Body.Instructions[0], Border(scope.End));
        foreach (var variable in scope.Variables.Where(variable => variable.Index < copy.Body.Variables.Count))
        {
            made.Variables.Add(new VariableDebugInformation(copy.Body.Variables[variable.Index], variable.Name) { Attributes = variable.Attributes });
        }

        foreach (var inner in scope.Scopes)
        {
            made.Scopes.Add(CopyOf(inner, byOffset));
        }

        return made;
    }
}
