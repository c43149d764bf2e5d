using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Whether a module's target framework and tensor library are ones the kernels are made for (GW1007).</summary>
internal static class TargetSupport
{
    private const string FrameworkPrefix = ".NETCoreApp,Version=v";

    /// <summary>What is not supported, or null.</summary>
    public static string? Obstacle(ModuleDefinition module)
    {
        var framework = module.Assembly.CustomAttributes
            .Where(attribute => attribute.AttributeType.FullName == "System.Runtime.Versioning.TargetFrameworkAttribute")
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value)
            .FirstOrDefault();
        if (framework is not null && !(framework.StartsWith(FrameworkPrefix, StringComparison.Ordinal)
            && Version.TryParse(framework.Substring(FrameworkPrefix.Length), out var version) && version.Major >= 10))
        {
            return $"the project targets {framework}";
        }

        var tensors = EntryDispatch.TensorLibraryVersion(module);
        return tensors is 0 or 10 or 11 ? null : $"the project references System.Numerics.Tensors {tensors}";
    }
}
