using Mono.Cecil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Classes the weaver adds to the user's module.</summary>
internal static class GeneratedTypes
{
    private const string Prefix = "<GraphWeaver>";

    /// <summary>Whether a member is of the weaver's making.</summary>
    public static bool Owns(MemberReference member) => member.DeclaringType is { } type && type.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Adds an internal static class, named with the weaver's prefix.</summary>
    public static TypeDefinition AddStaticClass(ModuleDefinition module, string name)
    {
        var type = new TypeDefinition(
            "",
            Prefix + name,
            TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            module.TypeSystem.Object);
        MarkCompilerGenerated(type, module);
        MarkNotOfUser(type, module);
        module.Types.Add(type);
        return type;
    }

    /// <summary>Adds an internal static class inside a type, whose private members it may use.</summary>
    public static TypeDefinition AddNestedStaticClass(TypeDefinition outer, string name)
    {
        var module = outer.Module;
        var type = new TypeDefinition(
            "",
            Prefix + name,
            TypeAttributes.NestedAssembly | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            module.TypeSystem.Object);
        MarkCompilerGenerated(type, module);
        MarkNotOfUser(type, module);
        outer.NestedTypes.Add(type);
        return type;
    }

    public static void MarkCompilerGenerated(ICustomAttributeProvider provider, ModuleDefinition module) =>
        Mark(provider, module, "System.Runtime.CompilerServices", "CompilerGeneratedAttribute");

    /// <summary>A debugger that shows the user's code only goes through it.</summary>
    public static void MarkNotOfUser(ICustomAttributeProvider provider, ModuleDefinition module) =>
        Mark(provider, module, "System.Diagnostics", "DebuggerNonUserCodeAttribute");

    private static void Mark(ICustomAttributeProvider provider, ModuleDefinition module, string @namespace, string name)
    {
        var attribute = new TypeReference(@namespace, name, module, module.TypeSystem.CoreLibrary);
        provider.CustomAttributes.Add(new CustomAttribute(new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true }));
    }
}
