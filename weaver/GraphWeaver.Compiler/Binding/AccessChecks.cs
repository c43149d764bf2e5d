using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Lets an assembly use another's internals: the runtime honours <c>IgnoresAccessChecksToAttribute</c> wherever it is defined, so the
/// assembly brings its own definition.
/// </summary>
internal static class AccessChecks
{
    public static void Ignore(AssemblyDefinition assembly, string target)
    {
        var module = assembly.MainModule;
        var baseType = new TypeReference("System", "Attribute", module, module.TypeSystem.CoreLibrary);
        var type = new TypeDefinition("System.Runtime.CompilerServices", "IgnoresAccessChecksToAttribute", TypeAttributes.NotPublic | TypeAttributes.Sealed, baseType);
        var constructor = new MethodDefinition(
            ".ctor",
            MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            module.TypeSystem.Void);
        constructor.Parameters.Add(new ParameterDefinition("assemblyName", ParameterAttributes.None, module.TypeSystem.String));
        var il = constructor.Body.GetILProcessor();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, new MethodReference(".ctor", module.TypeSystem.Void, baseType) { HasThis = true });
        il.Emit(OpCodes.Ret);
        type.Methods.Add(constructor);
        module.Types.Add(type);

        var attribute = new CustomAttribute(constructor);
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.String, target));
        assembly.CustomAttributes.Add(attribute);
    }
}
