using GraphWeaver.Compiler.Diagnostics;
using Mono.Cecil;

namespace GraphWeaver.Fody;

/// <summary>
/// Whether a module can be woven at all: the generated code uses what .NET 10 has, and the operator table describes known major versions of
/// the tensor library. Anything else is left as it is with GW1007, because code woven for the wrong library would be wrong silently.
/// </summary>
internal static class TargetSupport
{
    private const int OldestFramework = 10;
    private const int OldestTensorLibrary = 10;
    private const int NewestTensorLibrary = 11;

    /// <summary>The reason <paramref name="module"/> cannot be woven, or null when it can.</summary>
    public static Diagnostic? FindObstacle(ModuleDefinition module)
    {
        string framework = TargetFramework(module);
        if (!IsSupportedFramework(framework))
        {
            return Obstacle($"The project targets '{framework}'; GraphWeaver weaves .NET {OldestFramework} and later.");
        }

        AssemblyNameReference? tensors = module.AssemblyReferences.FirstOrDefault(reference => reference.Name == "System.Numerics.Tensors");
        return tensors is not null && tensors.Version.Major is < OldestTensorLibrary or > NewestTensorLibrary
            ? Obstacle($"The project uses System.Numerics.Tensors {tensors.Version.ToString(3)}; " +
                $"GraphWeaver knows its major versions {OldestTensorLibrary} to {NewestTensorLibrary}.")
            : null;
    }

    /// <summary>The argument of <c>[assembly: TargetFramework]</c>, such as <c>.NETCoreApp,Version=v10.0</c>; empty when there is none.</summary>
    private static string TargetFramework(ModuleDefinition module)
    {
        CustomAttribute? attribute = module.Assembly.CustomAttributes
            .FirstOrDefault(candidate => candidate.AttributeType.FullName == "System.Runtime.Versioning.TargetFrameworkAttribute");
        return attribute?.ConstructorArguments.FirstOrDefault().Value as string ?? "";
    }

    private static bool IsSupportedFramework(string framework)
    {
        const string prefix = ".NETCoreApp,Version=v";
        return framework.StartsWith(prefix, StringComparison.Ordinal)
            && Version.TryParse(framework.Substring(prefix.Length), out Version? version)
            && version.Major >= OldestFramework;
    }

    private static Diagnostic Obstacle(string message) => new(DiagnosticCatalogue.UnsupportedTarget, message, Location: null);
}
