using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Stage S: an immutable value that the build could make but not store is made once, at first use, by replaying the calls that made it, in the
/// type initializer of a class of its own; the runtime runs that exactly once under concurrent first uses. A recipe that makes use of what only
/// the woven method may see stays inside its type. Only on objects nobody wrote to, since a write is no input of what reads it.
/// </summary>
internal sealed class StartupCells(MethodDefinition woven, Foldability foldability, AccessRouting accessors)
{
    private readonly ModuleDefinition module = woven.Module;
    private readonly Dictionary<BuildNode, FieldDefinition> cells = [];

    public bool CanHold(BuildNode node, BuildProgram program) =>
        node is { IsMutable: false, IsView: false, Value: not null }
        && !foldability.IsMutable(node.Instruction.Type)
        && Recipe(node, program) is var recipe
        && recipe.Any(IsWorthKeeping)
        && (!IsWithinGeneric(woven.DeclaringType) || recipe.All(step => IsAccessible(step.Instruction.Operand)))
        && !recipe.Any(step => AtBuildCall.Is(step.Instruction))
        && !recipe.Any(program.IsWritten);

    public Instruction Load(BuildNode node, BuildProgram program)
    {
        if (!cells.TryGetValue(node, out var field))
        {
            cells[node] = field = AddCell(node, program);
        }

        return new Instruction(Code.Ldsfld, field, node.Instruction.Type, []) { Location = node.Instruction.Location, Site = node.Instruction.Site };
    }

    /// <summary>Putting a structure together is no dearer than loading it.</summary>
    private static bool IsWorthKeeping(BuildNode step) =>
        BuildProgram.IsWork(step) && !(step.Instruction.Code == Code.Newobj && step.Instruction.Type!.IsValueType);

    /// <summary>A class inside a generic one is another for each of its arguments.</summary>
    private static bool IsWithinGeneric(TypeDefinition type) => type.HasGenericParameters;

    private static IReadOnlyList<BuildNode> Recipe(BuildNode node, BuildProgram program)
    {
        var steps = new HashSet<BuildNode>();
        var open = new Stack<BuildNode>();
        open.Push(node);
        while (open.Count > 0)
        {
            if (open.Pop() is { } step && steps.Add(step))
            {
                step.Instruction.Inputs.Select(program.NodeOf).OfType<BuildNode>().Where(input => input.Literal is null).ToList().ForEach(open.Push);
            }
        }

        return [.. steps.OrderBy(step => step.Order)];
    }

    private FieldDefinition AddCell(BuildNode node, BuildProgram program)
    {
        var recipe = Recipe(node, program);
        var type = recipe.All(step => IsAccessible(step.Instruction.Operand)) && IsAccessible(node.Instruction.Type)
            ? GeneratedTypes.AddStaticClass(module, $"Startup{module.Types.Count}")
            : GeneratedTypes.AddNestedStaticClass(woven.DeclaringType, $"Startup{woven.DeclaringType.NestedTypes.Count}");
        type.IsBeforeFieldInit = false;
        var field = new FieldDefinition("Value", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, node.Instruction.Type!);
        type.Fields.Add(field);
        var initializer = new MethodDefinition(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig,
            module.TypeSystem.Void);
        type.Methods.Add(initializer);

        var function = new Function(initializer);
        var block = new BasicBlock { Terminator = new Terminator(Code.Ret, [], []) };
        function.Blocks.Add(block);
        var values = new Dictionary<Value, Value>();
        foreach (var step in recipe)
        {
            var copy = step.Instruction.CopyWith(step.Instruction.Inputs.Select(input => values.TryGetValue(input, out var known) ? known : program.Literal(input)));
            copy.Location = null;
            values[step.Instruction] = copy;
            block.Instructions.Add(copy);
        }

        block.Instructions.Add(new Instruction(Code.Stsfld, field, null, [values[node.Instruction]]));
        accessors.Run(function);
        BodyEmitter.Emit(function, initializer);
        return field;
    }

    private bool IsAccessible(object? operand) => operand switch
    {
        null => true,
        MethodReference method => method.Resolve() is { } definition && IsVisible(definition.IsPublic, definition.IsAssembly || definition.IsFamilyOrAssembly, definition.Module) && IsAccessible(method.DeclaringType),
        FieldReference field => field.Resolve() is { } definition && IsVisible(definition.IsPublic, definition.IsAssembly || definition.IsFamilyOrAssembly, definition.Module) && IsAccessible(field.DeclaringType),
        GenericInstanceType generic => IsAccessible(generic.ElementType) && generic.GenericArguments.All(IsAccessible),
        TypeSpecification specification => IsAccessible(specification.ElementType),
        TypeReference type => type.Resolve() is { } definition
            && (definition.IsNested
                ? IsVisible(definition.IsNestedPublic, definition.IsNestedAssembly || definition.IsNestedFamilyOrAssembly, definition.Module) && IsAccessible(definition.DeclaringType)
                : IsVisible(definition.IsPublic, !definition.IsPublic, definition.Module)),
        _ => false,
    };

    private bool IsVisible(bool isPublic, bool isInternal, ModuleDefinition owner) => isPublic || (isInternal && owner == module);
}
