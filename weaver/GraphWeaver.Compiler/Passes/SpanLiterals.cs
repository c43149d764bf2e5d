using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Finds the spans C# makes for <c>params</c> arguments and collection expressions. One element is a local and a span over it; several are an
/// inline array, zeroed and then filled by references to its elements; constants are a span over data of the assembly or a cached array. A slot may hold
/// several literals one after the other, but all that touches it must be theirs, and while one's span is in use nothing else may touch it.
/// </summary>
internal sealed class SpanLiterals
{
    private readonly Dictionary<Value, SpanLiteral> literals = [];
    private readonly Users users;
    private readonly Dictionary<Instruction, (BasicBlock Block, int Index)> places = [];

    public SpanLiterals(Function function, Users users)
    {
        this.users = users;
        foreach (var block in function.Blocks)
        {
            for (var index = 0; index < block.Instructions.Count; index++)
            {
                places.Add(block.Instructions[index], (block, index));
            }
        }

        var touches = function.Instructions.Where(instruction => instruction.Operand is Slot).ToLookup(instruction => (Slot)instruction.Operand!);
        var found = function.Instructions.Select(Read).OfType<SpanLiteral>().ToList();
        foreach (var group in found.GroupBy(SlotOf).ToList())
        {
            var own = group.SelectMany(literal => literal.Instructions).ToList();
            if (group.Key is null || (own.Count == own.Distinct().Count() && touches[group.Key].All(own.Contains)))
            {
                group.Where(literal => group.Key is null || IsAloneWhileUsed(literal, touches[group.Key])).ToList().ForEach(literal => literals.Add(literal.Span, literal));
            }
        }
    }

    public IEnumerable<SpanLiteral> All => literals.Values;

    /// <summary>The literal a span is; null where it is none.</summary>
    public SpanLiteral? Find(Value span) => literals.TryGetValue(span, out var literal) ? literal : null;

    private static Slot? SlotOf(SpanLiteral literal) => literal.Instructions.Select(instruction => instruction.Operand).OfType<Slot>().FirstOrDefault();

    private SpanLiteral? Read(Instruction span)
    {
        if (span is { Code: Code.Newobj, Method: { } constructor, Inputs.Count: 1 } && IsReadOnlySpan(constructor.DeclaringType)
            && span.Inputs[0] is Instruction { Code: Code.Ldloca, Operand: Slot single } address && TouchesBefore(span, single).Take(2).ToList() is [{ } taken, { Code: Code.Stloc } store]
            && taken == address && Single(address) == span && StackTypes.Same(store.Inputs[0].Type!, single.Type))
        {
            return new SpanLiteral(span, [store.Inputs[0]], [store, address, span]);
        }

        return span switch
        {
            { Code: Code.Newobj, Inputs: [Instruction { Operand: CachedArray kept } array] } when Single(array) == span => ReadCache(span, array, kept),
            { Code: Code.Call, Method: { Name: "InlineArrayAsReadOnlySpan" } method } when IsOfCompiler(method) => ReadInlineArray(span),
            { Code: Code.Call, Method: { Name: "CreateSpan" } method } when method.DeclaringType.FullName == "System.Runtime.CompilerServices.RuntimeHelpers" => ReadData(span),
            _ => null,
        };
    }

    private SpanLiteral? ReadInlineArray(Instruction span)
    {
        if (span.Inputs is not [Instruction { Code: Code.Ldloca, Operand: Slot slot } whole, Constant { Literal: int length }] || length > Kernels.KernelView.MaxOperands || Single(whole) != span)
        {
            return null;
        }

        var elements = new Value?[length];
        var instructions = new List<Instruction> { span };
        foreach (var touch in TouchesBefore(span, slot))
        {
            instructions.Add(touch);
            if (touch is { Code: Code.Stloc, Inputs: [Constant { Literal: var literal }] } && literal == Constant.Zero)
            {
                return elements.Contains(null) ? null : new SpanLiteral(span, elements!, [.. instructions.OrderBy(instruction => places[instruction].Index)]);
            }

            if (touch.Code == Code.Ldloca && Single(touch) is { Code: Code.Initobj } zeroing)
            {
                instructions.Add(zeroing);
                return elements.Contains(null) ? null : new SpanLiteral(span, elements!, [.. instructions.OrderBy(instruction => places[instruction].Index)]);
            }

            if (touch == whole)
            {
                continue;
            }

            if (touch.Code != Code.Ldloca || Single(touch) is not { } element || IndexOf(element) is not { } index || index < 0 || index >= length || elements[index] is not null
                || Single(element) is not { Inputs.Count: 2 } store || store.Inputs[0] != element || store.Code is not (Code.Stobj or Code.Stind_I or Code.Stind_I4)
                || !StackTypes.Same(store.Inputs[1].Type!, ((ByReferenceType)element.Type!).ElementType))
            {
                return null;
            }

            elements[index] = store.Inputs[1];
            instructions.AddRange([element, store]);
        }

        return null;
    }

    private static SpanLiteral? ReadCache(Instruction span, Instruction array, CachedArray kept)
    {
        if (kept.Length > Kernels.KernelView.MaxOperands || kept.Elements.Any(element => element is not { Value.Literal: int, Conversion: Code.Conv_I }))
        {
            return null;
        }

        var elements = new Value[kept.Length];
        foreach (var index in Enumerable.Range(0, kept.Length))
        {
            elements[index] = kept.Elements.FirstOrDefault(element => element.Index == index)?.Value ?? new Constant(0, kept.Cache.Module.TypeSystem.Int32);
        }

        return new SpanLiteral(span, elements, [array, span]);
    }

    private static SpanLiteral? ReadData(Instruction span)
    {
        if (span.Inputs is not [Instruction { Code: Code.Ldtoken, Operand: FieldReference field } token] || span.Method is not GenericInstanceMethod { GenericArguments: [{ MetadataType: MetadataType.Int32 } element] }
            || field.Resolve()?.InitialValue is not { Length: > 0 and <= Kernels.KernelView.MaxOperands * sizeof(int) } data)
        {
            return null;
        }

        var elements = Enumerable.Range(0, data.Length / sizeof(int)).Select(index => new Constant(BitConverter.ToInt32(data, index * sizeof(int)), element));
        return new SpanLiteral(span, [.. elements], [token, span]);
    }

    private static int? IndexOf(Instruction element) => element is { Code: Code.Call, Method: { } method } && IsOfCompiler(method)
        ? method.Name switch
        {
            "InlineArrayElementRef" => element.Inputs[1] is Constant { Literal: int index } ? index : null,
            "InlineArrayFirstElementRef" => 0,
            _ => null,
        }
        : null;

    private static bool IsOfCompiler(MethodReference method) => method.DeclaringType.Name == "<PrivateImplementationDetails>";

    private static bool IsReadOnlySpan(TypeReference type) => type.GetElementType().FullName == "System.ReadOnlySpan`1";

    /// <summary>What touches a slot before an instruction of its block, the nearest first.</summary>
    private IEnumerable<Instruction> TouchesBefore(Instruction span, Slot slot)
    {
        var (block, index) = places[span];
        return block.Instructions.Take(index).Reverse().Where(instruction => instruction.Operand == slot);
    }

    private Instruction? Single(Value value) => users.Of(value) is [(var block, Instruction user)] && block == places[(Instruction)value].Block ? user : null;

    private bool IsAloneWhileUsed(SpanLiteral literal, IEnumerable<Instruction> touches)
    {
        var uses = users.Of(literal.Span);
        var (block, _) = places[literal.Span];
        if (uses.Count == 0 || !uses.All(use => use.Block == block && use.User is Instruction))
        {
            return false;
        }

        var first = places[literal.Instructions[0]].Index;
        var last = uses.Max(use => places[(Instruction)use.User].Index);
        return touches.All(touch => literal.Instructions.Contains(touch) || places[touch].Block != block || places[touch].Index < first || places[touch].Index > last);
    }
}
