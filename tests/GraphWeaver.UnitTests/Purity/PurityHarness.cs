using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.UnitTests.Evaluation;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Purity;

/// <summary>Compiles members of a static class C and asks what its method M does.</summary>
internal static class PurityHarness
{
    private const string Usings = """
        using System; using System.Collections; using System.Collections.Generic; using System.Collections.Immutable; using System.Collections.Frozen; using System.Globalization; using System.Linq; using System.Numerics;
        using System.Numerics.Tensors; using System.Text; using System.Text.Json; using System.Text.RegularExpressions; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using System.Threading;
        [assembly: GraphWeaver.BuildTime(typeof(Vouched.ByType))]
        namespace GraphWeaver
        {
            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class BuildTimeAttribute : Attribute { public BuildTimeAttribute() { } public BuildTimeAttribute(Type type) { } }
            public sealed class EagerAttribute : Attribute;
        }
        namespace Vouched { public static class ByType { public static int Ask() => Environment.ProcessId; } }

        """;

    /// <summary>The verdict on M, whose members are written without <c>static</c> before the first.</summary>
    public static void Expect(Effect effect, string members, string reason = "")
    {
        using var module = Compile(members.Contains("] int M", StringComparison.Ordinal) ? members.Replace("] int M", "] static int M", StringComparison.Ordinal) : "static " + members);
        using var bodies = Resolver(module);

        var verdict = new PurityAnalysis(bodies).Of(Method(module, "M"));

        Assert.True(effect == verdict.Effect, $"{verdict.Effect}: {verdict.Reason}");
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    public static MethodDefinition Method(ModuleDefinition module, string name) =>
        module.GetType("C").Methods.Single(method => method.Name == name);

    public static ModuleDefinition Compile(string members) => ModuleDefinition.ReadModule(
        new MemoryStream(SourceCompiler.Compile("User", $"{Usings} public static unsafe partial class C {{ {members} }}")));

    public static ImplementationResolver Resolver(ModuleDefinition module, params string[] paths) => new(module, new WeavingOptions
    {
        AssemblyPath = "User.dll",
        ProjectDirectory = ".",
        ImplementationPaths = [SourceCompiler.TensorsPath, SourceCompiler.MathNetPath, .. paths],
    });
}
