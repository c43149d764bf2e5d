using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Whether kernels for a device are emitted: the project references GraphWeaver.ILGPU, built with ILGPU. A compiler leaves a reference out of the assembly whose
/// types the code does not name, so what counts is what the compiler was given.
/// </summary>
internal static class DeviceTarget
{
    public const string Assembly = "GraphWeaver.ILGPU";

    private const string RuntimeAssembly = "ILGPURuntime";

    public static bool IsReferencedBy(WeavingOptions options)
    {
        string? path = options.ReferencePaths.FirstOrDefault(reference => Path.GetFileName(reference).Equals(Assembly + ".dll", StringComparison.OrdinalIgnoreCase));
        if (path is null || !File.Exists(path))
        {
            return false;
        }

        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return module.GetType("GraphWeaver.ILGPU.Kernels.DeviceCall") is not null;
    }

    /// <summary>Lets the assembly that ILGPU makes when the program runs name the module's internal types.</summary>
    public static void Open(ModuleDefinition module)
    {
        var attribute = new TypeReference("System.Runtime.CompilerServices", "InternalsVisibleToAttribute", module, module.TypeSystem.CoreLibrary);
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.String) } };
        if (!module.Assembly.CustomAttributes.Any(existing => existing.AttributeType.FullName == attribute.FullName && existing.ConstructorArguments[0].Value as string == RuntimeAssembly))
        {
            module.Assembly.CustomAttributes.Add(new CustomAttribute(constructor)
            {
                ConstructorArguments = { new CustomAttributeArgument(module.TypeSystem.String, RuntimeAssembly) },
            });
        }
    }
}
