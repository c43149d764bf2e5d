using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// Build-time values, stored in the assembly as methods that make them: an object the program could change is new on every call, as it was
/// unwoven. Several values that share objects are made together. A value nobody can change or tell apart by more than its place is made once,
/// when it is first used. Equal data is stored once.
/// </summary>
internal sealed class StoredData
{
    private readonly ModuleDefinition module;
    private readonly StoredTypes types;
    private readonly StoringLibrary library;
    private readonly FieldAccess fields;
    private readonly Blobs blobs;
    private readonly Dictionary<string, MethodDefinition> makers = [];
    private readonly Dictionary<TypeDefinition, TypeDefinition> nested = [];
    private readonly Dictionary<(StoredPart Content, string Place), FieldDefinition> held = [];
    private TypeDefinition? container;

    public StoredData(ModuleDefinition module)
    {
        this.module = module;
        types = new StoredTypes(module);
        library = new StoringLibrary(module);
        fields = new FieldAccess(module, types);
        blobs = new Blobs(module, () => Container(null));
    }

    /// <summary>Whether the values of some nodes can be made, together, by code that a type of the module can call.</summary>
    public bool CanStore(IReadOnlyList<BuildNode> nodes, TypeDefinition user)
    {
        var access = new Access(module);
        return nodes.All(node => node.Value?.Content is not null && Fits(node.Value.Content, node.Instruction.Type!) && access.Add(node.Instruction.Type!))
            && new NamedTypes(types, library).AddTo(access, nodes.Select(node => node.Value!.Content!))
            && (access.Inside is null || Access.CanSee(user, access.Inside))
            && MakingOrder.Of(nodes.Select(node => node.Value!.Content!)) is not null;
    }

    /// <summary>An instruction that makes the value anew where a node's stood.</summary>
    public Instruction Load(BuildNode node)
    {
        var place = node.Instruction.Type!;
        return Call(Maker([node.Value!.Content!], [place], place), place, node);
    }

    /// <summary>An instruction that makes the values together, in an <c>object[]</c>, where the first node's stood.</summary>
    public Instruction LoadAll(IReadOnlyList<BuildNode> nodes)
    {
        var place = new ArrayType(module.TypeSystem.Object);
        return Call(Maker([.. nodes.Select(node => node.Value!.Content!)], [.. nodes.Select(node => node.Instruction.Type!)], place), place, nodes[0]);
    }

    /// <summary>The instructions that take one of values made together.</summary>
    public IReadOnlyList<Instruction> Take(Instruction all, int index, BuildNode node)
    {
        var place = node.Instruction.Type!;
        var item = At(new Instruction(Code.Ldelem_Ref, null, module.TypeSystem.Object, [all, new Constant(index, module.TypeSystem.Int32)]), node);
        return place.FullName == "System.Object" ? [item] : [item, At(new Instruction(Code.Unbox_Any, place, place, [item]), node)];
    }

    /// <summary>An instruction that gives one object for all calls, made when it is first used, exactly once.</summary>
    public Instruction LoadShared(BuildNode node)
    {
        var place = node.Instruction.Type!;
        if (!held.TryGetValue((node.Value!.Content!, place.FullName), out var field))
        {
            held[(node.Value.Content!, place.FullName)] = field = AddHolder(Maker([node.Value.Content!], [place], place), place);
        }

        return At(new Instruction(Code.Ldsfld, field, place, []), node);
    }

    private FieldDefinition AddHolder(MethodDefinition maker, TypeReference place)
    {
        var holder = GeneratedTypes.AddNestedStaticClass(maker.DeclaringType, $"Shared{maker.DeclaringType.NestedTypes.Count}");
        var field = new FieldDefinition("Value", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, place);
        holder.IsBeforeFieldInit = false;
        holder.Fields.Add(field);
        const MethodAttributes Initializer = MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig;
        var initializer = new MethodDefinition(".cctor", Initializer, module.TypeSystem.Void);
        var il = initializer.Body.GetILProcessor();
        il.Emit(OpCodes.Call, maker);
        il.Emit(OpCodes.Stsfld, field);
        il.Emit(OpCodes.Ret);
        holder.Methods.Add(initializer);
        return field;
    }

    /// <summary>A root is described as a reference, so what a structure's place takes is in a box.</summary>
    private static bool Fits(StoredPart root, TypeReference place) => StackTypes.KindOf(place) switch
    {
        StackKind.Reference => true,
        _ when place is GenericInstanceType { ElementType.FullName: "System.Nullable`1" } => root.Kind is StoredKind.Null or StoredKind.Box,
        _ => place.IsValueType && root.Kind == StoredKind.Box,
    };

    private static Instruction Call(MethodDefinition maker, TypeReference type, BuildNode node) => At(new Instruction(Code.Call, maker, type, []), node);

    private static Instruction At(Instruction instruction, BuildNode node)
    {
        instruction.Location = node.Instruction.Location;
        instruction.Site = node.Instruction.Site;
        return instruction;
    }

    private MethodDefinition Maker(IReadOnlyList<StoredPart> roots, IReadOnlyList<TypeReference> places, TypeReference result)
    {
        var key = GraphKey.Of(roots, places);
        if (!makers.TryGetValue(key, out var maker))
        {
            var access = new Access(module);
            places.ToList().ForEach(place => access.Add(place));
            new NamedTypes(types, library).AddTo(access, roots);
            var owner = Container(access.Inside);
            makers[key] = maker = new MethodDefinition($"Make{makers.Count}", MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, result);
            owner.Methods.Add(maker);
            new MakerWriter(maker, types, library, fields, blobs).Write(roots, places, MakingOrder.Of(roots)!);
        }

        return maker;
    }

    private TypeDefinition Container(TypeDefinition? inside)
    {
        if (inside is null)
        {
            return container ??= GeneratedTypes.AddStaticClass(module, "Data");
        }

        if (!nested.TryGetValue(inside, out var type))
        {
            nested[inside] = type = GeneratedTypes.AddNestedStaticClass(inside, "Data");
        }

        return type;
    }
}
